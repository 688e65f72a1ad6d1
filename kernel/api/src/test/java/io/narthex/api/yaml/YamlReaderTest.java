package io.narthex.api.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void aliasesMayRepeatMuch() {
    StringBuilder text = new StringBuilder("l: &l {team: a, severity: b}\ngroups:\n");
    for (int i = 0; i < 5_000; i++) {
      text.append("- name: g").append(i).append("\n  labels: *l\n");
    }
    assertThat(YamlReader.read(text.toString(), problems)).isPresent();
    assertThat(problems).isEmpty();
  }

  @Test
  void butNotMakeASmallTextALargeTree() {
    StringBuilder text = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      text.append("l%d: &l%d [".formatted(i, i));
      text.append("*l%d, ".formatted(i - 1).repeat(9)).append("]\n");
    }
    assertTimely(text.toString());
    assertThat(described())
        .containsExactly(
            "x:4:5: aliases (*) repeat too much up to here: 4630 of 4670 values; write values out"
                + " or divide the file");
  }

  @Test
  void norADeepOne() {
    StringBuilder text = new StringBuilder("- &l0 [x]\n");
    for (int i = 1; i < 5; i++) {
      text.append("- &l%d %s*l%d%s\n".formatted(i, "[".repeat(90), i - 1, "]".repeat(90)));
    }
    assertTimely(text.toString());
    assertThat(described())
        .containsExactly("x:4:78: not valid YAML: lists and mappings are nested too deeply");
  }

  private void assertTimely(String text) {
    long begin = System.nanoTime();
    assertThat(YamlReader.read(text, problems)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void thereMayBeABoundForAllValues() {
    YamlOptions ten = new YamlOptions(YamlOptions.Merge.LATER_WINS, true, 10);
    assertThat(YamlReader.read("[1, 2, 3, 4, 5, 6, 7, 8, 9]", ten, problems)).isPresent();
    assertThat(YamlReader.read("[1, 2, 3, 4, 5, 6, 7, 8, 9, 0]", ten, problems)).isEmpty();
    assertThat(YamlReader.read("[&l [1, 2, 3, 4], *l]", ten, problems)).isEmpty();
    assertThat(described())
        .containsExactly(
            "x:1:1: the file has more than 10 values; divide it into several",
            "x:1:1: the file has more than 10 values; divide it into several");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "!!int 5, 5",
    "!!int \"5\", 5",
    "!!float \"5\", 5",
    "!!str 5, none",
    "\"5\", none",
    "!mine 5, none"
  })
  void aTagSaysWhetherAScalarIsANumber(String text, String number) {
    assertThat(section("n: " + text).integer("n").map(String::valueOf).orElse("none"))
        .isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true",
    "!!bool yes, true",
    "!!bool \"yes\", true",
    "!!str yes, refused",
    "\"yes\", refused"
  })
  void orABoolean(String text, String value) {
    boolean on = section("b: " + text).bool("b", false);
    assertThat(problems.isEmpty() ? String.valueOf(on) : "refused").isEqualTo(value);
  }

  @Test
  void aNameMayBeNothingWhichIsTheEmptyOne() {
    assertThat(Trees.json(YamlReader.read("{~: a}", problems).orElseThrow()))
        .isEqualTo("[\"M\",\"\",\"a\"]");
    assertThat(YamlReader.read("{~: a, '': b}", problems)).isPresent();
    assertThat(described())
        .containsExactly("x:1:8: key \"\" stands twice in this mapping, first in line 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\n---\n",
        "a: 1\n---\n# c\n",
        "a: 1\n--- \n...\n",
        "---\na: 1\n---\n---\n",
        "a: 1\n...\n",
        "a: 1\n---\nnull\n"
      })
  void emptyDocumentsMayFollow(String text) {
    assertThat(YamlReader.read(text, problems).map(Trees::flow)).contains("{a: 1}");
    assertThat(problems).isEmpty();
  }

  @Test
  void othersMayNot() {
    YamlReader.read("a: 1\n---\n---\nb: 2\n", problems);
    assertThat(described())
        .containsExactly("x:4:1: a second document begins here (---); a file must have only one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void textIsDecodedAsItsMarkSays(String charset) {
    String text = "a: grün 🌲\n";
    byte[] content = ("\ufeff" + text).getBytes(Charset.forName(charset));
    assertThat(YamlText.decode(content, problems)).contains(text);
    assertThat(YamlText.decode(text.getBytes(StandardCharsets.UTF_8), problems)).contains(text);
    assertThat(problems).isEmpty();
  }

  @Test
  void whatIsNoTextHasAPlace() {
    YamlText.decode("a: 1\nb: gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1), problems);
    YamlText.decode(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0, 'b'}, problems);
    YamlText.decode("a: 1".getBytes(StandardCharsets.UTF_16BE), problems);
    assertThat(described())
        .containsExactly(
            "x:2:6: not valid UTF-8: the byte 0xFC cannot stand here; save the file as UTF-8",
            "x:1:2: not valid UTF-16LE: the byte 0x62 cannot stand here; save the file as UTF-8");
  }

  private Section section(String text) {
    ConfigNode root = YamlReader.read(text, problems).orElseThrow();
    return Section.root("the file", root, Path.of(""), problems);
  }

  private List<String> described() {
    return problems.stream().map(problem -> problem.describe("x")).toList();
  }
}
