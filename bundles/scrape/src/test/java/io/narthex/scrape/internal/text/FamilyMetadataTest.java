package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.target.MetricMetadata;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FamilyMetadataTest {
  private static final String TWO =
      "# HELP a Text a.\n# TYPE a counter\na 1\n# HELP b Text b.\n# TYPE b histogram\nb 1\n";

  private final FamilyMetadata metadata = new FamilyMetadata();
  private final TextReader reader = new TextReader(metadata);

  @Test
  void keepsWhatTheLinesSay() throws Exception {
    scrape(TWO);

    assertThat(metadata.list())
        .containsExactly(
            new MetricMetadata("a", "counter", "", "Text a."),
            new MetricMetadata("b", "histogram", "", "Text b."));
  }

  @Test
  void aFamilyIsUnknownUntilItsTypeIsSaid() throws Exception {
    scrape("# HELP a Text\na 1\n# TYPE b untyped\n");

    assertThat(metadata.list())
        .containsExactly(
            new MetricMetadata("a", "unknown", "", "Text"),
            new MetricMetadata("b", "unknown", "", ""));
  }

  @Test
  void helpTextsAreUnescapedAsTheFormatSays() throws Exception {
    String help = "# HELP a one\\ntwo \\\\ \\\" \\x\n";
    scrape(help);
    assertThat(metadata.list().getFirst().help()).isEqualTo("one\ntwo \\ \\\" \\x");

    FamilyMetadata other = new FamilyMetadata();
    Corpus.read(new OpenMetricsReader(other), bytes(help + "# EOF\n"));
    assertThat(other.list().getFirst().help()).isEqualTo("one\ntwo \\ \" \\x");
  }

  @Test
  void helpOfBlanksAloneIsEmpty() throws Exception {
    scrape("# HELP a  \t \na 1\n");

    assertThat(metadata.list().getFirst().help()).isEmpty();
  }

  @Test
  void theNewestCounts() throws Exception {
    scrape(TWO);
    scrape(TWO.replace("Text a.", "Other.").replace("histogram", "gauge"));

    assertThat(metadata.list())
        .containsExactly(
            new MetricMetadata("a", "counter", "", "Other."),
            new MetricMetadata("b", "gauge", "", "Text b."));
  }

  @Test
  void saysWhetherSomethingChanged() throws Exception {
    scrape(TWO);
    assertThat(metadata.takeChanged()).isTrue();
    scrape(TWO);
    assertThat(metadata.takeChanged()).isFalse();
    scrape(TWO.replace("counter", "gauge"));
    assertThat(metadata.takeChanged()).isTrue();
  }

  @Test
  void linesAreRecognisedInTheOrderInWhichTheyCameLast() throws Exception {
    scrape(TWO);
    byte[] buffer = Corpus.start(reader, bytes(TWO));

    int length = metadata.repeated(buffer, 0, buffer.length - 1);
    assertThat(length).isEqualTo("# HELP a Text a.\n".length());
    assertThat(metadata.repeatedType()).isNull();
    assertThat(metadata.repeated(buffer, length, buffer.length - 1))
        .isEqualTo("# TYPE a counter\n".length());
    assertThat(metadata.repeatedType()).isEqualTo(FamilyType.COUNTER);
    assertThat(metadata.repeated(buffer, 0, buffer.length - 1)).isZero();
  }

  @Test
  void aRecognisedTypeLineCountsForWhatFollows() throws Exception {
    scrape(TWO);
    Corpus.start(reader, bytes(TWO));

    reader.next();
    assertThat(reader.type()).isEqualTo(FamilyType.COUNTER);
    reader.next();
    assertThat(reader.type()).isEqualTo(FamilyType.HISTOGRAM);
  }

  @Test
  void familiesThatAreGoneStayForTenScrapes() throws Exception {
    scrape(TWO);
    String one = TWO.substring(0, TWO.indexOf("# HELP b"));
    for (int i = 0; i < 10; i++) {
      scrape(one);
    }
    assertThat(metadata.list()).hasSize(2);
    scrape(one);
    assertThat(metadata.list()).extracting(MetricMetadata::family).containsExactly("a");

    scrape(TWO);
    assertThat(metadata.list()).hasSize(2);
  }

  @Test
  void theOrderHoldsWhenFamiliesInFrontAreRemoved() throws Exception {
    String gone = "# TYPE z gauge\nz 1\n";
    scrape(gone + TWO);
    for (int i = 0; i < 12; i++) {
      scrape(TWO);
    }
    scrape(TWO);

    assertThat(metadata.list()).hasSize(2);
    assertThat(metadata.list().get(1).type()).isEqualTo("histogram");
  }

  @Test
  void aFailedScrapeTeachesButRemovesNothing() throws Exception {
    scrape(TWO);
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> Corpus.read(reader, bytes("# TYPE c gauge\nnonsense\n")))
          .isInstanceOf(ExpositionException.class);
      metadata.endScrape(false);
    }

    assertThat(metadata.list()).extracting(MetricMetadata::family).containsExactly("a", "b", "c");
  }

  @Test
  void failedScrapesWithEverNewFamiliesDoNotFillTheMemory() {
    for (int i = 0; i < 60; i++) {
      int scrape = i;
      String families =
          IntStream.range(0, 200)
              .mapToObj("# TYPE f_%d_%%d gauge\n".formatted(scrape)::formatted)
              .collect(Collectors.joining());
      assertThatThrownBy(() -> Corpus.read(reader, bytes(families + "nonsense\n")))
          .isInstanceOf(ExpositionException.class);
      metadata.endScrape(false);
    }

    assertThat(metadata.size()).isLessThan(200 * 13);
  }

  @Test
  void unitsAreKept() throws Exception {
    FamilyMetadata other = new FamilyMetadata();
    Corpus.read(
        new OpenMetricsReader(other),
        bytes("# TYPE a_bytes gauge\n# UNIT a_bytes bytes\na_bytes 1\n# EOF\n"));

    assertThat(other.list()).containsExactly(new MetricMetadata("a_bytes", "gauge", "bytes", ""));
  }

  private void scrape(String text) throws ExpositionException {
    Corpus.read(reader, bytes(text));
    metadata.endScrape(true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
