package io.narthex.discovery.file.internal.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  /** Columns: pattern, name, what Go's filepath.Match says: true, false or BAD. */
  private static final Path RECORDED = Path.of("src/test/resources/glob/matches.tsv");

  @Test
  void matchesAsGoDoes() throws IOException {
    List<String> lines = Files.readAllLines(RECORDED);
    assertThat(lines).hasSizeGreaterThan(4000);
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      String expected = columns[2];
      String actual = match(columns[0], columns[1]);
      // Go says false before it comes to the malformed part.
      boolean sooner = expected.equals("false") && actual.equals("BAD");
      assertThat(sooner ? expected : actual).as(line).isEqualTo(expected);
    }
  }

  private static String match(String pattern, String name) {
    try {
      return String.valueOf(new NamePattern(pattern).matches(name));
    } catch (BadPatternException e) {
      return "BAD";
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a.json | pattern \"[a.json\" is malformed: a \"[\" has no \"]\"",
        "[].json | pattern \"[].json\" is malformed: \"]\" stands where a character of a [class] must be; \"\\]\" means the character",
        "[a-].json | pattern \"[a-].json\" is malformed: \"]\" stands where a character of a [class] must be; \"\\]\" means the character",
        "a\\ | pattern \"a\\\" is malformed: nothing follows its last \"\\\"",
      })
  void saysWhatIsWrong(String pattern, String message) {
    assertThatThrownBy(() -> new NamePattern(pattern)).hasMessage(message);
  }

  @Test
  void manyStarsTakeNoLongTime() throws BadPatternException {
    NamePattern pattern = new NamePattern("*a".repeat(100) + "b");
    assertThat(pattern.matches("a".repeat(5000))).isFalse();
    assertThat(pattern.matches("a".repeat(5000) + "b")).isTrue();
  }
}
