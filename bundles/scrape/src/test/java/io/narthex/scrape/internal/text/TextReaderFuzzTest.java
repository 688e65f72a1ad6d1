package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a target sends is read or refused with a message; and knowing what comes next changes no
 * result.
 */
class TextReaderFuzzTest {
  private static final String ALPHABET = "ab_:19 \t\n{}\"\"==,,\\#\0.+-eINnaf\u00e9HELPTYPE";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedExpositionsAreReadOrRefused(long seed) throws Exception {
    Random random = new Random(seed);
    List<byte[]> corpus = Corpus.all();
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] text = corpus.get(random.nextInt(corpus.size()));
      for (int n = random.nextInt(3); n >= 0; n--) {
        text = mutate(text, random);
      }
      refused += refused(text, seed, i) ? 1 : 0;
    }
    assertThat(refused).as("some are refused, some are not").isBetween(400, 3990);
  }

  private static boolean refused(byte[] text, long seed, int round) {
    String plain = outcome(text, false);
    String predicted = outcome(text, true);
    assertThat(predicted).as("seed %d round %d", seed, round).isEqualTo(plain);
    return plain.startsWith("refused");
  }

  /** Reads the text; if predicted, each series is expected to be the one that stands there. */
  private static String outcome(byte[] text, boolean predict) {
    List<String> series = predict ? texts(text) : List.of();
    TextReader reader = new TextReader();
    StringBuilder samples = new StringBuilder();
    byte[] buffer = Arrays.copyOf(text, text.length + 1);
    reader.start(buffer, text.length);
    int n = 0;
    try {
      while (reader.next(
          n < series.size() ? series.get(n).getBytes(StandardCharsets.ISO_8859_1) : null)) {
        n++;
        samples
            .append(
                new String(
                    buffer,
                    reader.seriesStart(),
                    reader.seriesEnd() - reader.seriesStart(),
                    StandardCharsets.ISO_8859_1))
            .append(' ')
            .append(Double.doubleToRawLongBits(reader.value()))
            .append(' ')
            .append(reader.hasTimestamp() ? reader.timestamp() : -1)
            .append('\n');
        if (!reader.expectedStood()) {
          new TextReader()
              .parseSeries(
                  Arrays.copyOfRange(buffer, reader.seriesStart(), reader.seriesEnd()),
                  reader.type());
        } else {
          assertThat(predict).isTrue();
        }
      }
      return samples.toString();
    } catch (ExpositionException e) {
      return "refused: " + e.getMessage();
    } catch (IllegalArgumentException e) {
      // Labels that are no label set; found only when they are built.
      return "refused in the end";
    } catch (RuntimeException | Error e) {
      return fail(new String(text, StandardCharsets.ISO_8859_1), e);
    }
  }

  private static List<String> texts(byte[] text) {
    List<String> series = new ArrayList<>();
    TextReader reader = new TextReader();
    byte[] buffer = Arrays.copyOf(text, text.length + 1);
    reader.start(buffer, text.length);
    try {
      while (reader.next(null)) {
        reader.labels();
        series.add(
            new String(
                buffer,
                reader.seriesStart(),
                reader.seriesEnd() - reader.seriesStart(),
                StandardCharsets.ISO_8859_1));
      }
    } catch (ExpositionException e) {
      // What stands before the error is enough; an error in labels is found without prediction.
      return series;
    }
    return series;
  }

  private static byte[] mutate(byte[] text, Random random) {
    String s = new String(text, StandardCharsets.ISO_8859_1);
    int at = random.nextInt(s.length() + 1);
    int to = Math.min(s.length(), at + 1 + random.nextInt(6));
    char c =
        random.nextInt(10) == 0
            ? (char) random.nextInt(256)
            : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    String mutated =
        switch (random.nextInt(4)) {
          case 0 -> s.substring(0, at) + s.substring(to);
          case 1 -> s.substring(0, at) + c + s.substring(at);
          case 2 -> s.substring(0, at) + c + s.substring(to);
          default -> s.substring(0, at) + s.substring(at, to) + s.substring(at);
        };
    return mutated.getBytes(StandardCharsets.ISO_8859_1);
  }
}
