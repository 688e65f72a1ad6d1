package io.narthex.alerting.internal.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Texts are read as {@code matchers.tsv} says, which is what upstream's parser answers in its mode
 * of falling back. Columns: the text in JSON's escapes, what {@code parseAll} gives, what {@code
 * parseOne} gives; an error begins with {@code !}.
 */
class MatcherParserTest {
  private static final Path TABLE = Path.of("src/test/resources/matcher/matchers.tsv");
  private static final MatcherParser PARSER = new MatcherParser("test");

  @TestFactory
  Stream<DynamicTest> eachTextIsReadAsUpstreamReadsIt() throws IOException {
    List<String> lines = Files.readAllLines(TABLE);
    assertThat(lines).hasSizeGreaterThan(100);
    return lines.stream()
        .map(
            line -> {
              String[] columns = line.split("\t", -1);
              String input = unescape(columns[0]);
              return DynamicTest.dynamicTest(
                  "<" + columns[0] + ">",
                  () -> {
                    assertThat(all(input)).as("all").isEqualTo(unescape(columns[1]));
                    assertThat(one(input)).as("one").isEqualTo(unescape(columns[2]));
                  });
            });
  }

  private static String all(String input) {
    try {
      return PARSER.parseAll(input).toString();
    } catch (BadMatcherException e) {
      return "!" + e.getMessage();
    }
  }

  private static String one(String input) {
    try {
      return PARSER.parseOne(input).toString();
    } catch (BadMatcherException e) {
      return "!" + e.getMessage();
    }
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'f' -> out.append('\f');
        case 'b' -> out.append('\b');
        case 'u' -> {
          out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
          i += 4;
        }
        default -> out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /** Whatever is read is read again as the same from how it is printed. */
  @Test
  void whatIsPrintedIsReadAgain() {
    Random random = new Random(7);
    String alphabet = "ab{}=!~,\"\\\n .é🙂(|";
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
        text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
      }
      Matchers matchers;
      try {
        matchers = Utf8Parser.parse(text.toString());
      } catch (BadMatcherException ignored) {
        continue;
      }
      if (matchers.list().stream().anyMatch(matcher -> matcher.name().isEmpty())) {
        // Upstream prints no quotes around an empty name.
        continue;
      }
      read++;
      assertThat(Utf8Parser.parse(matchers.toString())).as(text.toString()).isEqualTo(matchers);
    }
    assertThat(read).isGreaterThan(2_000);
  }
}
