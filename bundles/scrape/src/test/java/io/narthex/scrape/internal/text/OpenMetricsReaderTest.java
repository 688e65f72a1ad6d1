package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenMetricsReaderTest {
  private static final byte[] EXEMPLAR =
      bytes("x 1 # {trace=\"a\"} 0.5 1700000000.25\nx 2\n# EOF\n");

  @Test
  void readsTheGoodCorpus() throws Exception {
    List<String> expected = Files.readAllLines(Corpus.FOLDER.resolve("app.openmetrics.expected"));
    byte[] text = Files.readAllBytes(Corpus.FOLDER.resolve("app.openmetrics.txt"));

    assertThat(Corpus.outcome(text).split("; ")).containsExactlyElementsOf(expected);
  }

  /**
   * Each line is an exposition and the message it is refused with; upstream refuses all of them.
   */
  @TestFactory
  Stream<DynamicTest> refusesTheBadCorpus() throws IOException {
    List<String[]> rows = Corpus.rows("openmetrics-bad.tsv");
    assertThat(rows).hasSizeGreaterThan(150);
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    "exposition " + row[0],
                    () ->
                        assertThatThrownBy(() -> Corpus.outcome(Corpus.unescape(row[0])))
                            .isInstanceOf(ExpositionException.class)
                            .hasMessage(row[1])));
  }

  /** Each line is an exposition and what is in it; upstream reads the same. */
  @TestFactory
  Stream<DynamicTest> readsOddities() throws IOException {
    List<String[]> rows = Corpus.rows("openmetrics-odd.tsv");
    assertThat(rows).hasSizeGreaterThan(80);
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    "exposition " + row[0],
                    () -> assertThat(Corpus.outcome(Corpus.unescape(row[0]))).isEqualTo(row[1])));
  }

  @Test
  void anExemplarBelongsToItsSampleAlone() throws Exception {
    OpenMetricsReader reader = new OpenMetricsReader();
    Corpus.start(reader, EXEMPLAR);

    assertThat(reader.next()).isTrue();
    assertThat(reader.hasExemplar()).isTrue();
    assertThat(reader.exemplarLabels().get("trace")).isEqualTo("a");
    assertThat(reader.exemplarValue()).isEqualTo(0.5);
    assertThat(reader.exemplarTimestamp()).isEqualTo(1700000000250L);

    assertThat(reader.next()).isTrue();
    assertThat(reader.hasExemplar()).isFalse();
    assertThat(reader.hasExemplarTimestamp()).isFalse();
    assertThatThrownBy(reader::exemplarLabels).isInstanceOf(IllegalStateException.class);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void theExpectedSeriesIsRecognisedWithAndWithoutAnExemplar() throws Exception {
    OpenMetricsReader reader = new OpenMetricsReader();
    Corpus.start(reader, EXEMPLAR);
    long hash = LineHash.of(bytes("x"), 0, 1);

    assertThat(reader.next(hash, 1)).isTrue();
    assertThat(reader.expectedStood()).isTrue();
    assertThat(reader.hasExemplar()).isTrue();
    assertThat(reader.next(hash, 1)).isTrue();
    assertThat(reader.expectedStood()).isTrue();
    assertThat(reader.hasExemplar()).isFalse();
  }

  @Test
  void aReaderCanBeStartedAgainAfterAnError() throws Exception {
    OpenMetricsReader reader = new OpenMetricsReader();

    assertThatThrownBy(() -> Corpus.read(reader, bytes("# TYPE x counter\nx 1\n")))
        .isInstanceOf(ExpositionException.class);
    assertThat(Corpus.read(reader, bytes("x 1\n# EOF\n"))).hasSize(1);
    assertThat(reader.type()).isEqualTo(FamilyType.UNKNOWN);
    assertThatThrownBy(() -> Corpus.read(reader, bytes("")))
        .hasMessage("line 1: data does not end with # EOF, in \"\"");
  }

  @Test
  void aSeriesCanBeParsedAgainFromItsTextWhileAnotherIsRead() throws Exception {
    OpenMetricsReader reader = new OpenMetricsReader();
    Corpus.start(reader, EXEMPLAR);
    reader.next();

    RawLabels labels = reader.parseSeries(bytes("h_bucket{le=\"1\"}"), FamilyType.HISTOGRAM);

    assertThat(labels.names()).containsExactly("__name__", "le");
    assertThat(labels.values()).containsExactly("h_bucket", "1.0");
    assertThat(reader.exemplarValue()).isEqualTo(0.5);
    assertThat(reader.next()).isTrue();
    assertThat(reader.value()).isEqualTo(2);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
