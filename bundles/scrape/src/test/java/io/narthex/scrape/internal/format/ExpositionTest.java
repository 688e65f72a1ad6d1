package io.narthex.scrape.internal.format;

import static io.narthex.api.config.ScrapeProtocol.OPEN_METRICS_TEXT_0_0_1;
import static io.narthex.api.config.ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0;
import static io.narthex.api.config.ScrapeProtocol.PROMETHEUS_PROTO;
import static io.narthex.api.config.ScrapeProtocol.PROMETHEUS_TEXT_0_0_4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.scrape.internal.text.ExpositionException;
import io.narthex.scrape.internal.text.ExpositionReader;
import io.narthex.scrape.internal.text.FamilyMetadata;
import io.narthex.scrape.internal.text.MetadataSink;
import io.narthex.scrape.internal.text.OpenMetricsReader;
import io.narthex.scrape.internal.text.TextReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
  private static final String PROTO =
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

  /** As Prometheus 3.14 sends it. */
  @Test
  void asksForTheDefaultsAsUpstreamDoes() {
    assertThat(Exposition.accept(ScrapeOptions.DEFAULT))
        .isEqualTo(
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "application/openmetrics-text;version=0.0.1;q=0.5,"
                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
  }

  @Test
  void asksForWhatIsConfiguredInItsOrder() {
    assertThat(
            Exposition.accept(
                options(List.of(PROMETHEUS_TEXT_0_0_4, OPEN_METRICS_TEXT_1_0_0), null, "dots")))
        .isEqualTo(
            "text/plain;version=0.0.4;q=0.6,"
                + "application/openmetrics-text;version=1.0.0;escaping=dots;q=0.5,*/*;q=0.4");
  }

  /** The others keep the weights that they have upstream. */
  @Test
  void neverAsksForProtobuf() {
    assertThat(
            Exposition.accept(
                options(List.of(PROMETHEUS_PROTO, OPEN_METRICS_TEXT_0_0_1), null, "values")))
        .isEqualTo("application/openmetrics-text;version=0.0.1;q=0.5,*/*;q=0.4");
    assertThat(Exposition.accept(options(List.of(PROMETHEUS_PROTO), null, "values")))
        .isEqualTo("*/*;q=0.5");
  }

  @Test
  void asksForCompressionIfItIsConfigured() {
    assertThat(Exposition.acceptEncoding(ScrapeOptions.DEFAULT)).isEqualTo("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/plain; version=0.0.4; charset=utf-8",
        "TEXT/Plain;VERSION=1.0.0",
        " text/plain ",
        "text/plain;",
        "text/plain; charset=\"a;b\\\"c\"",
        "text/plain;a=b;A=b",
        "text/plain;version=9",
      })
  void readsText(String contentType) throws Exception {
    assertThat(reader(null, contentType)).isInstanceOf(TextReader.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text",
        "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8",
        "Application/OpenMetrics-Text;version=0.0.1",
        "application/openmetrics-text;version=2.0.0",
      })
  void readsOpenMetrics(String contentType) throws Exception {
    assertThat(reader(null, contentType)).isInstanceOf(OpenMetricsReader.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol"
            + " specified for target",
        "text/html|received unsupported Content-Type \"text/html\" and no fallback_scrape_protocol"
            + " specified for target",
        "text/html; charset=\"x\"|received unsupported Content-Type \"text/html; charset=\\\"x\\\"\""
            + " and no fallback_scrape_protocol specified for target",
        "plain|received unsupported Content-Type \"plain\" and no fallback_scrape_protocol"
            + " specified for target",
      })
  void refusesOtherTypesWithoutAFallback(String contentType, String message) {
    assertThatThrownBy(() -> reader(null, contentType))
        .isInstanceOf(ExpositionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' '|no media type",
        ";a=b|no media type",
        "not a type|expected slash after first token",
        "text/|expected token after slash",
        "text/plain/x|unexpected content after media subtype",
        "text/plain text|unexpected content after media subtype",
        "text/plain; version|invalid media parameter",
        "text/plain; =1|invalid media parameter",
        "text/plain;;|invalid media parameter",
        "text/plain; a=\"b|invalid media parameter",
        "text/plain; a=b c|invalid media parameter",
        "text/plain; a=b; A=c|duplicate parameter name",
      })
  void refusesMalformedTypesInUpstreamsWords(String contentType, String problem) {
    assertThatThrownBy(() -> reader(null, contentType))
        .hasMessage(
            "cannot parse Content-Type \"%s\" and no fallback_scrape_protocol for target\nmime: %s",
            contentType.replace("\"", "\\\""), problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/html", "not a type", "text/plain; version"})
  void fallsBackToTheConfiguredProtocol(String contentType) throws Exception {
    assertThat(reader(PROMETHEUS_TEXT_0_0_4, contentType)).isInstanceOf(TextReader.class);
    assertThat(reader(OPEN_METRICS_TEXT_0_0_1, contentType)).isInstanceOf(OpenMetricsReader.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPEN_METRICS_TEXT_1_0_0", "PROMETHEUS_PROTO"})
  void aUsableTypeWinsOverTheFallback(ScrapeProtocol fallback) throws Exception {
    assertThat(reader(fallback, "text/plain")).isInstanceOf(TextReader.class);
  }

  @Test
  void namesProtobufAsWhatItCannotReadYet() {
    assertThatThrownBy(() -> reader(null, PROTO))
        .hasMessage(
            "the answer is in the protobuf format (Content-Type \"%s\"), which this version of"
                + " Narthex does not read yet; it reads text/plain and application/openmetrics-text",
            PROTO);
    assertThatThrownBy(() -> reader(PROMETHEUS_PROTO, ""))
        .hasMessageContaining("protobuf format (Content-Type \"\")");
  }

  @Test
  void theReadersOfATargetAreKeptAndShareItsMetadata() throws Exception {
    FamilyMetadata metadata = new FamilyMetadata();
    Exposition exposition = new Exposition(ScrapeOptions.DEFAULT, metadata);
    ExpositionReader text = exposition.reader("text/plain");
    ExpositionReader openMetrics = exposition.reader("application/openmetrics-text");

    readAll(text, "# TYPE a gauge\n");
    readAll(openMetrics, "# HELP a Text.\n# EOF\n");

    assertThat(exposition.reader("text/plain; version=0.0.4")).isSameAs(text);
    assertThat(exposition.reader("application/openmetrics-text")).isSameAs(openMetrics);
    assertThat(metadata.list()).hasSize(1);
    assertThat(metadata.list().getFirst().type()).isEqualTo("gauge");
    assertThat(metadata.list().getFirst().help()).isEqualTo("Text.");
  }

  @Test
  void aBadTypeIsNotForgottenForTheNextAnswer() throws Exception {
    Exposition exposition = new Exposition(ScrapeOptions.DEFAULT, MetadataSink.NONE);
    exposition.reader("text/plain");

    assertThatThrownBy(() -> exposition.reader("text/html"))
        .isInstanceOf(ExpositionException.class);
    assertThatThrownBy(() -> exposition.reader("")).isInstanceOf(ExpositionException.class);
    assertThat(exposition.reader("text/plain")).isInstanceOf(TextReader.class);
  }

  private static void readAll(ExpositionReader reader, String text) throws ExpositionException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    reader.start(Arrays.copyOf(bytes, bytes.length + 1), bytes.length);
    while (reader.next()) {
      assertThat(reader.expectedStood()).isFalse();
    }
  }

  private static ExpositionReader reader(@Nullable ScrapeProtocol fallback, String contentType)
      throws ExpositionException {
    return new Exposition(
            options(ScrapeProtocol.DEFAULT, fallback, "allow-utf-8"), MetadataSink.NONE)
        .reader(contentType);
  }

  private static ScrapeOptions options(
      List<ScrapeProtocol> protocols, @Nullable ScrapeProtocol fallback, String escaping) {
    ScrapeOptions defaults = ScrapeOptions.DEFAULT;
    return new ScrapeOptions(
        defaults.honorLabels(),
        defaults.honorTimestamps(),
        defaults.trackTimestampsStaleness(),
        defaults.enableCompression(),
        protocols,
        Optional.ofNullable(fallback),
        defaults.limits(),
        defaults.metricRelabelRules(),
        defaults.http(),
        defaults.names(),
        escaping,
        defaults.extraMetrics(),
        defaults.histograms(),
        defaults.failureLog());
  }
}
