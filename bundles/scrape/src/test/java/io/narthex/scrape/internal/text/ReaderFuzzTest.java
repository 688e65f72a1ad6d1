package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a target sends is read or refused with a message; and knowing what comes next, series as
 * well as metadata, changes no result.
 */
class ReaderFuzzTest {
  private static final int ROUNDS = 5000;

  private static final String[] TOKENS = {
    "a",
    "b_seconds",
    "{",
    "}",
    "\"",
    "=",
    ",",
    " ",
    "\t",
    "\n",
    "\\",
    "\\n",
    "\0",
    "#",
    "# ",
    " # {",
    "# HELP ",
    "# TYPE ",
    "# UNIT ",
    "# EOF\n",
    "counter",
    "histogram",
    "le=\"",
    "quantile=\"",
    "1",
    "-0",
    "0.5",
    "-1.5e+09",
    "1e300",
    "NaN",
    "+Inf",
    "1700000000.1234",
    "9007199254740993",
    ".",
    "e",
    "5.2396400000000005",
    "\u00e9",
    "_",
    ":",
    "{x=\"y\"}",
    "\"a.b\"",
    "\r",
    "+"
  };

  private enum Format {
    TEXT(TextReader::new),
    OPEN_METRICS(OpenMetricsReader::new);

    private final Function<MetadataSink, ExpositionReader> reader;

    Format(Function<MetadataSink, ExpositionReader> reader) {
      this.reader = reader;
    }

    List<byte[]> corpus() throws IOException {
      List<byte[]> all = new ArrayList<>();
      if (this == TEXT) {
        all.addAll(Corpus.expositions("bad.tsv").subList(0, 20));
        all.addAll(lines("node.good.txt", ""));
      } else {
        all.addAll(Corpus.expositions("openmetrics-bad.tsv").subList(0, 20));
        all.addAll(Corpus.expositions("openmetrics-odd.tsv"));
        all.addAll(lines("app.openmetrics.txt", "# EOF\n"));
      }
      return all;
    }

    /** Pieces of a good exposition, ever longer. */
    private static List<byte[]> lines(String file, String end) throws IOException {
      String text = Files.readString(Corpus.FOLDER.resolve(file)).replace("# EOF\n", "");
      List<byte[]> pieces = new ArrayList<>();
      for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        pieces.add((text.substring(0, at + 1) + end).getBytes(StandardCharsets.UTF_8));
      }
      return pieces;
    }
  }

  /** What came out of a text, or why it was refused. */
  private record Outcome(String samples, String refusal, String metadata) {}

  @ParameterizedTest
  @CsvSource({"TEXT,1", "TEXT,2", "OPEN_METRICS,1", "OPEN_METRICS,2"})
  void mutatedExpositionsAreReadOrRefused(Format format, long seed) throws Exception {
    Random random = new Random(seed);
    List<byte[]> corpus = format.corpus();
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] text = corpus.get(random.nextInt(corpus.size()));
      for (int n = random.nextInt(3); n > 0; n--) {
        text = mutate(text, random);
      }
      read += check(format, text, "seed %d round %d".formatted(seed, i)) ? 1 : 0;
    }
    System.out.printf(
        "%s fuzz, seed %d: %d expositions, %d%% read%n", format, seed, ROUNDS, read * 100 / ROUNDS);
    assertThat(read).as("many are read, and many are refused").isBetween(1500, 4500);
  }

  /** Reads the text twice, the second time with all that is known from the first. */
  private static boolean check(Format format, byte[] text, String round) {
    FamilyMetadata metadata = new FamilyMetadata();
    ExpositionReader reader = format.reader.apply(metadata);
    List<byte[]> series = new ArrayList<>();
    Outcome plain = read(reader, metadata, text, List.of(), series);
    metadata.endScrape(plain.refusal.isEmpty());
    Outcome predicted = read(reader, metadata, text, series, new ArrayList<>());

    assertThat(predicted).as(round).isEqualTo(plain);
    return plain.refusal.isEmpty();
  }

  private static Outcome read(
      ExpositionReader reader,
      FamilyMetadata metadata,
      byte[] text,
      List<byte[]> expected,
      List<byte[]> series) {
    StringBuilder samples = new StringBuilder();
    String refusal = "";
    try {
      byte[] buffer = Corpus.start(reader, text);
      while (next(reader, series.size() < expected.size() ? expected.get(series.size()) : null)) {
        byte[] found = Arrays.copyOfRange(buffer, reader.seriesStart(), reader.seriesEnd());
        checkLabels(reader, found);
        checkDecimals(reader);
        series.add(found);
        samples.append(describe(reader, found)).append('\n');
      }
    } catch (ExpositionException e) {
      refusal = String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) {
      fail(Corpus.escape(new String(text, StandardCharsets.ISO_8859_1)), e);
    }
    return new Outcome(samples.toString(), refusal, metadata.list().toString());
  }

  private static boolean next(ExpositionReader reader, byte[] expected) throws ExpositionException {
    return expected == null
        ? reader.next()
        : reader.next(LineHash.of(expected, 0, expected.length), expected.length);
  }

  /** A series that was read can be read again alone, with the same labels. */
  private static void checkLabels(ExpositionReader reader, byte[] series)
      throws ExpositionException {
    if (!reader.expectedStood()) {
      RawLabels labels = reader.labels();
      assertThat(reader.parseSeries(series, reader.type())).isEqualTo(labels);
    }
  }

  private static void checkDecimals(ExpositionReader reader) {
    if (reader.decimals() < 0) {
      return;
    }
    BigDecimal decimal = new BigDecimal(BigInteger.valueOf(reader.mantissa()), reader.decimals());
    assertThat(reader.decimals()).isLessThanOrEqualTo(22);
    assertThat(Math.abs(reader.mantissa())).isLessThan(1L << 53);
    assertThat(Double.doubleToRawLongBits(decimal.doubleValue()))
        .isEqualTo(Double.doubleToRawLongBits(reader.value()));
  }

  private static String describe(ExpositionReader reader, byte[] series) {
    String exemplar =
        reader.hasExemplar()
            ? " # %s %s %d"
                .formatted(
                    reader.exemplarLabels(), reader.exemplarValue(), reader.exemplarTimestamp())
            : "";
    return "%s %s %s %x %s%s"
        .formatted(
            new String(series, StandardCharsets.ISO_8859_1),
            reader.type(),
            reader.hasTimestamp() ? String.valueOf(reader.timestamp()) : "-",
            Double.doubleToRawLongBits(reader.value()),
            reader.decimals() < 0 ? "-" : reader.mantissa() + "/" + reader.decimals(),
            exemplar);
  }

  private static byte[] mutate(byte[] text, Random random) {
    String s = new String(text, StandardCharsets.ISO_8859_1);
    int at = random.nextInt(s.length() + 1);
    int to = Math.min(s.length(), at + 1 + random.nextInt(6));
    String token =
        random.nextInt(10) == 0
            ? String.valueOf((char) random.nextInt(256))
            : TOKENS[random.nextInt(TOKENS.length)];
    String mutated =
        switch (random.nextInt(4)) {
          case 0 -> s.substring(0, at) + s.substring(to);
          case 1 -> s.substring(0, at) + token + s.substring(at);
          case 2 -> s.substring(0, at) + token + s.substring(to);
          default -> s.substring(0, at) + s.substring(at, to) + s.substring(at);
        };
    return mutated.getBytes(StandardCharsets.ISO_8859_1);
  }
}
