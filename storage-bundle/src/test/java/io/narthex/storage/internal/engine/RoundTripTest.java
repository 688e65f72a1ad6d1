package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SampleKind;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.storage.internal.document.RandomHistograms;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Samples of all kinds and any times, values and labels: what comes out is what went in, bit for
 * bit, live and after a restart. 1,000 data sets, 20 to a test.
 */
class RoundTripTest {
  private static final int SETS_EACH = 20;
  private static final AppendSource SOURCE = new AppendSource("scrape", "target");
  private static final IngestLimits LIMITS = new IngestLimits(1L << 62, 1L << 60, 1L << 30);
  private static final double[] SPECIAL = {
    0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE
  };
  private static final String[] TEXTS = {
    "\uD83D\uDE80", "\uFFFD", "a", "ünïcødé", "\uD83D\uDC69\u200D\uD83D\uDD2C", "\n\t\"\\", "日本"
  };

  private final TestClock clock = new TestClock();
  private final Map<Labels, TreeMap<Long, Object>> model = new TreeMap<>();
  private InMemoryLogStore store = new InMemoryLogStore();
  private Storages storages = Storages.start(store, clock, LIMITS);

  static IntStream seeds() {
    return IntStream.range(0, 1000 / SETS_EACH);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatGoesInComesOut(int test) {
    for (int seed = test * SETS_EACH; seed < (test + 1) * SETS_EACH; seed++) {
      trial(new Random(seed));
    }
  }

  private void trial(Random random) {
    storages.storage().stop(Duration.ZERO);
    store = new InMemoryLogStore();
    storages = Storages.start(store, clock, LIMITS);
    model.clear();
    List<Source> sources = new ArrayList<>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      sources.add(new Source(random, i));
    }
    for (int life = 0; life < 2; life++) {
      append(random, sources);
      assertAsModelled();
      storages.storage().stop(Duration.ZERO);
      store = store.next();
      storages = Storages.start(store, clock, LIMITS);
      assertThat(storages.problems()).isEmpty();
      assertAsModelled();
    }
  }

  private void append(Random random, List<Source> sources) {
    long step = random.nextInt(3) == 0 ? random.nextInt() & 0xfff_ffffL : 15_000;
    long time = random.nextBoolean() ? -random.nextInt() : clock.wallMillis();
    try (Appender appender = storages.storage().appender(SOURCE)) {
      for (int commit = random.nextInt(40); commit >= 0; commit--) {
        if (random.nextInt(12) == 0) {
          clock.advance(7_200_000);
        }
        for (int times = random.nextInt(5) == 0 ? 3 : 1; times > 0; times--) {
          time += random.nextInt(12) == 0 ? -random.nextInt(100) : 1 + step;
          for (Source source : sources) {
            if (random.nextInt(6) > 0) {
              append(appender, source, time);
            }
          }
        }
        appender.commit();
      }
    }
  }

  private void append(Appender appender, Source source, long time) {
    TreeMap<Long, Object> samples = model.computeIfAbsent(source.labels, l -> new TreeMap<>());
    Object sample = source.next();
    int slot = appender.slot(source.labels);
    AppendOutcome outcome =
        sample instanceof NativeHistogram histogram
            ? appender.append(slot, time, histogram)
            : appender.append(slot, time, (double) sample);
    if (samples.isEmpty() || time > samples.lastKey()) {
      assertThat(outcome).isEqualTo(AppendOutcome.ACCEPTED);
      samples.put(time, stored(sample, samples));
    } else if (time < samples.lastKey()) {
      assertThat(outcome).isEqualTo(AppendOutcome.OUT_OF_ORDER);
    } else {
      Object last = samples.lastEntry().getValue();
      boolean isSame = text(stored(sample, samples)).equals(text(last));
      // The values of floats that are not in the last row are not at hand.
      if (isSame || last instanceof NativeHistogram) {
        assertThat(outcome)
            .as("%s after %s", text(sample), text(last))
            .isEqualTo(isSame ? AppendOutcome.ALREADY_THERE : AppendOutcome.DUPLICATE_TIMESTAMP);
      }
    }
  }

  /** A stale marker after a histogram is one too. */
  private static Object stored(Object sample, TreeMap<Long, Object> before) {
    boolean isStale = sample instanceof Double value && StaleMarker.is(value);
    return switch (isStale && !before.isEmpty() ? before.lastEntry().getValue() : sample) {
      case Histogram h when isStale -> Histogram.STALE;
      case FloatHistogram h when isStale -> FloatHistogram.STALE;
      default -> sample;
    };
  }

  private void assertAsModelled() {
    TreeMap<Labels, List<String>> expected = new TreeMap<>();
    TreeMap<Labels, List<String>> floats = new TreeMap<>();
    model.forEach(
        (labels, samples) -> {
          samples.forEach(
              (time, sample) -> {
                String text = time + " " + text(sample);
                expected.computeIfAbsent(labels, l -> new ArrayList<>()).add(text);
                if (sample instanceof Double) {
                  floats.computeIfAbsent(labels, l -> new ArrayList<>()).add(text);
                }
              });
        });
    assertEqual(read(false), expected);
    assertEqual(read(true), floats);
  }

  private static void assertEqual(
      TreeMap<Labels, List<String>> found, TreeMap<Labels, List<String>> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (labels, samples) ->
            assertThat(found.get(labels)).as("%s", labels).containsExactlyElementsOf(samples));
  }

  private TreeMap<Labels, List<String>> read(boolean floatsOnly) {
    TreeMap<Labels, List<String>> found = new TreeMap<>();
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      while (set.next()) {
        List<String> samples = floatsOnly ? floats(set.samples()) : all(set.samples());
        if (!samples.isEmpty()) {
          found.put(set.labels(), samples);
        }
      }
    }
    return found;
  }

  private static List<String> all(SampleCursor cursor) {
    List<String> samples = new ArrayList<>();
    while (cursor.next()) {
      Object sample =
          cursor.kind() == SampleKind.FLOAT ? (Object) cursor.value() : cursor.histogram();
      samples.add(cursor.timestamp() + " " + text(sample));
    }
    return samples;
  }

  private static List<String> floats(SampleCursor cursor) {
    List<String> samples = new ArrayList<>();
    long[] times = new long[7];
    double[] values = new double[7];
    int n;
    while ((n = cursor.read(times, values, 0, 7)) >= 0) {
      for (int i = 0; i < n; i++) {
        samples.add(times[i] + " " + text(values[i]));
      }
    }
    return samples;
  }

  /**
   * All bits of a sample. Buckets without observations are left out, and of hints only whether it
   * is a gauge is told: upstream's chunks keep no more.
   */
  private static String text(Object sample) {
    return switch (sample) {
      case Double value -> Long.toHexString(Double.doubleToRawLongBits(value));
      case Histogram h when h.isStale() -> "stale, whole";
      case FloatHistogram h when h.isStale() -> "stale, floats";
      case Histogram h -> {
        Histogram c = h.compacted(0);
        yield head(c) + " " + c.count() + " " + c.zeroCount() + c.positive() + c.negative();
      }
      case FloatHistogram h -> {
        FloatHistogram c = h.compacted(0);
        yield head(c)
            + text(c.count())
            + " "
            + text(c.zeroCount())
            + texts(c.positive().counts())
            + c.positive().layout()
            + texts(c.negative().counts())
            + c.negative().layout();
      }
      default -> throw new IllegalArgumentException(sample.toString());
    };
  }

  private static String head(NativeHistogram h) {
    return (h.resetHint() == CounterResetHint.GAUGE ? "gauge " : "")
        + h.schema()
        + text(h.zeroThreshold())
        + h.bounds()
        + text(h.sum());
  }

  private static List<String> texts(double[] values) {
    List<String> texts = new ArrayList<>();
    for (double value : values) {
      texts.add(text(value));
    }
    return texts;
  }

  /** A series of one or two kinds. */
  private static final class Source {
    final Labels labels;
    private final Random random;
    private final RandomHistograms histograms;
    private final int floatsOf8;
    private double value;

    Source(Random random, int number) {
      this.random = random;
      labels =
          Labels.of("__name__", "m" + number, TEXTS[random.nextInt(TEXTS.length)], "v" + text());
      histograms = new RandomHistograms(random);
      floatsOf8 = random.nextInt(4) == 0 ? 4 : random.nextInt(3) == 0 ? 0 : 8;
    }

    private String text() {
      return TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)];
    }

    Object next() {
      if (random.nextInt(40) == 0) {
        return StaleMarker.VALUE;
      }
      if (random.nextInt(8) >= floatsOf8) {
        return histograms.next();
      }
      value =
          switch (random.nextInt(8)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> Double.longBitsToDouble(0x7ff0_0000_0000_0001L | random.nextLong() >>> 12);
            case 2 -> Double.longBitsToDouble(random.nextLong());
            case 3, 4 -> random.nextInt(1000) / 10.0;
            default -> value;
          };
      return value;
    }
  }
}
