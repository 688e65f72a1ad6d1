package io.narthex.scrape.internal.text;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Measures what reading a line costs, in ns of thread CPU: hot (best of many rounds), and in a
 * process that scrapes 50 targets of 1000 series a second. Not a test; run {@code main} by hand.
 */
final class ReaderSpeed {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 40;
  private static final int SCRAPES = 100;

  private static final String[] VALUES = {"whole", "decimal", "zero", "exponent", "17 digits"};

  private final FamilyMetadata metadata = new FamilyMetadata();
  private final ExpositionReader reader;
  private final byte[][] bodies = new byte[2][];
  private final long[] hashes;
  private final int[] lengths;
  private double sink;

  private ReaderSpeed(int families, int series, int lineBytes, int value, boolean openMetrics)
      throws ExpositionException {
    reader = openMetrics ? new OpenMetricsReader(metadata) : new TextReader(metadata);
    hashes = new long[families * series];
    lengths = new int[families * series];
    for (int round = 0; round < 2; round++) {
      bodies[round] = body(families, series, lineBytes, value, round);
      if (openMetrics) {
        byte[] end = "# EOF\n".getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(bodies[round], bodies[round].length + end.length);
        System.arraycopy(end, 0, body, bodies[round].length - 1, end.length);
        bodies[round] = body;
      }
    }
    reader.start(bodies[0], bodies[0].length - 1);
    for (int i = 0; reader.next(); i++) {
      lengths[i] = reader.seriesEnd() - reader.seriesStart();
      hashes[i] = LineHash.of(bodies[0], reader.seriesStart(), reader.seriesEnd());
    }
    metadata.endScrape(true);
  }

  /** Runs all measurements. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      new ReaderSpeed(10, 100, 157, -1, false).paced(Integer.parseInt(arguments[0]));
      return;
    }
    for (int value = 0; value < VALUES.length; value++) {
      new ReaderSpeed(10, 100, 157, value, false).hot("text, 157 B, " + VALUES[value]);
    }
    new ReaderSpeed(10, 100, 157, -1, false).hot("text, 157 B, mixed");
    new ReaderSpeed(10, 100, 157, -1, true).hot("OpenMetrics, 157 B, mixed");
    new ReaderSpeed(500, 1, 100, -1, false).hot("text, 100 B, each its family");
  }

  private void hot(String what) throws ExpositionException {
    double known = Double.MAX_VALUE;
    double unknown = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      known = Math.min(known, measure(true, SCRAPES));
      unknown = Math.min(unknown, measure(false, SCRAPES / 10));
    }
    System.out.printf("%-32s known %5.1f, new %6.1f ns/line (%.0f)%n", what, known, unknown, sink);
  }

  private void paced(int seconds) throws Exception {
    long next = System.nanoTime();
    double sum = 0;
    for (int scrape = 1; scrape <= seconds * 50; scrape++) {
      sum += measure(true, 1);
      if (scrape % 250 == 0) {
        System.out.printf("second %d: %.1f ns/line%n", scrape / 50, sum / 250);
        sum = 0;
      }
      next += 20_000_000;
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
    }
  }

  private double measure(boolean predict, int scrapes) throws ExpositionException {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < scrapes; i++) {
      sink = scrape(bodies[i & 1], predict);
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - before) / scrapes / hashes.length;
  }

  private double scrape(byte[] body, boolean predict) throws ExpositionException {
    reader.start(body, body.length - 1);
    double sum = 0;
    int i = 0;
    while (predict && i < hashes.length ? reader.next(hashes[i], lengths[i]) : reader.next()) {
      sum += reader.value() + reader.mantissa() + reader.decimals();
      i++;
    }
    metadata.endScrape(true);
    return sum;
  }

  private static byte[] body(int families, int series, int lineBytes, int value, int round) {
    StringBuilder text = new StringBuilder();
    for (int family = 0; family < families; family++) {
      text.append("# HELP family_%03d_total What family %d counts.\n".formatted(family, family));
      text.append("# TYPE family_%03d_total counter\n".formatted(family));
      for (int i = 0; i < series; i++) {
        int from = text.length();
        text.append("family_%03d_total{id=\"%04d\",code=\"200\",pad=\"".formatted(family, i));
        text.append("x".repeat(Math.max(0, lineBytes - 12 - (text.length() - from))));
        text.append("\"} ").append(value(value < 0 ? i % 5 : value, i, round)).append('\n');
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static String value(int kind, int i, int round) {
    return switch (kind) {
      case 0 -> String.valueOf(1_234_567 + 7 * round + i);
      case 1 -> String.valueOf(0.25 * round + i);
      case 2 -> "0";
      case 3 -> "1.048576e+0" + (6 + round);
      default -> String.valueOf(Math.sqrt(i + round + 2));
    };
  }
}
