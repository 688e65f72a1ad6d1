package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {
  @Test
  void readsTheGoodCorpus() throws Exception {
    List<String> expected = Files.readAllLines(Corpus.FOLDER.resolve("node.good.expected"));

    assertThat(Corpus.read(Files.readAllBytes(Corpus.FOLDER.resolve("node.good.txt"))))
        .isEqualTo(expected);
  }

  /** Each line of bad.tsv is an exposition and the message it is refused with. */
  @TestFactory
  Stream<DynamicTest> refusesTheBadCorpus() throws IOException {
    List<String> lines = Files.readAllLines(Corpus.FOLDER.resolve("bad.tsv"));
    assertThat(lines).hasSizeGreaterThan(50);
    return lines.stream()
        .map(
            line -> {
              String[] columns = line.split("\t=> ", 2);
              return DynamicTest.dynamicTest(
                  columns[0],
                  () ->
                      assertThatThrownBy(() -> Corpus.read(Corpus.unescape(columns[0])))
                          .isInstanceOf(ExpositionException.class)
                          .hasMessage(columns[1]));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\\n", "  \\t\\n\\n", "# only a comment", "#", "\\x00 anything } at all"})
  void someTextsHaveNoSamples(String text) throws Exception {
    assertThat(Corpus.read(Corpus.unescape(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1|{__name__=\"a\"} 1.0 -",
        "'  a 1'|{__name__=\"  a\"} 1.0 -",
        "a{b=\"abc\\x00\"} 1|{__name__=\"a\", b=\"abc\\x00\"} 1.0 -",
        "# HELP m foo\\x00bar\\na 1|{__name__=\"a\"} 1.0 -",
        "# HELP \"m.x\" text\\na 1|{__name__=\"a\"} 1.0 -",
        "a 1 \\t |{__name__=\"a\"} 1.0 -",
        "a 1 2  |{__name__=\"a\"} 1.0 2",
        "a 1\\n\\x00}{|{__name__=\"a\"} 1.0 -",
      })
  void readsOddities(String text, String expected) throws Exception {
    assertThat(Corpus.read(Corpus.unescape(text))).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1|a|true",
        "a\\t1|a|true",
        "' a 1'|' a'|true",
        "ab 1|a|false",
        "a{b=\"1\"} 1|a|false",
        "a {b=\"1\"} 1|a|false",
        "a{b=\"1\"} 1|a{b=\"1\"}|true",
        "a{b=\"1\"}1|a{b=\"1\"}|true",
        "a{b=\"2\"} 1|a{b=\"1\"}|false",
        "{\"a\"} 1|{\"a\"}|true",
      })
  void knowsWhetherTheExpectedSeriesStandsThere(String text, String expected, boolean stands)
      throws Exception {
    TextReader reader = new TextReader();
    byte[] bytes = Corpus.unescape(text);
    reader.start(Arrays.copyOf(bytes, bytes.length + 1), bytes.length);

    byte[] series = expected.getBytes(StandardCharsets.UTF_8);
    assertThat(reader.next(LineHash.of(series, 0, series.length), series.length)).isTrue();
    assertThat(reader.expectedStood()).isEqualTo(stands);
    assertThat(reader.value()).isEqualTo(1);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void theTypeLineCountsForWhatFollows() throws Exception {
    TextReader reader = new TextReader();
    byte[] bytes = Corpus.unescape("a 1\\n# TYPE b histogram\\nb 1\\n# TYPE c gauge\\nc 1\\n");
    reader.start(Arrays.copyOf(bytes, bytes.length + 1), bytes.length);

    reader.next();
    assertThat(reader.type()).isEqualTo(FamilyType.UNKNOWN);
    reader.next();
    assertThat(reader.type()).isEqualTo(FamilyType.HISTOGRAM);
    reader.next();
    assertThat(reader.type()).isEqualTo(FamilyType.GAUGE);
  }

  @Test
  void aSeriesCanBeParsedAgainFromItsText() {
    RawLabels labels =
        new TextReader()
            .parseSeries(
                "a_bucket{le=\"1\"}".getBytes(StandardCharsets.UTF_8), FamilyType.HISTOGRAM);

    assertThat(labels.names()).containsExactly("__name__", "le");
    assertThat(labels.values()).containsExactly("a_bucket", "1.0");
  }
}
