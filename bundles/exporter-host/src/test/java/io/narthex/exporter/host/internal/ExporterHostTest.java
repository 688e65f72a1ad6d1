package io.narthex.exporter.host.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.exporter.ExporterErrors;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.model.Labels;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.spi.exporter.Exporter;
import io.narthex.spi.exporter.MetricType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExporterHostTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Fakes.Registry registry = new Fakes.Registry();
  private final Fakes.Configuration configuration = new Fakes.Configuration();
  private final Fakes.Scope scope = new Fakes.Scope();
  private final ExporterHost host = host("0.0.0.0:9090");

  @Test
  void publishesOneTargetForEachExporter() {
    host.start();
    bind(1, "dice", gauge(1), Map.of());
    assertThat(registry.last())
        .containsExactly(
            new Target(
                "dice",
                Labels.of("job", "dice", "instance", "localhost:9090"),
                Labels.of(
                    "__address__", "localhost:9090",
                    "__metrics_path__", "/exporters/dice/metrics",
                    "__scheme__", "http",
                    "job", "dice"),
                new TargetEndpoint.InProcess("dice"),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                ScrapeOptions.DEFAULT));
  }

  @Test
  void withdrawsTheTargetWhenTheExporterGoes() {
    host.start();
    bind(1, "a", gauge(1), Map.of());
    bind(2, "b", gauge(1), Map.of());
    assertThat(names()).containsExactly("a", "b");
    unbind(1);
    assertThat(names()).containsExactly("b");
    unbind(2);
    assertThat(names()).isEmpty();
  }

  @Test
  void publishesWhatIsThereAtTheStartInOneGo() {
    bind(1, "a", gauge(1), Map.of());
    bind(2, "b", gauge(1), Map.of());
    assertThat(registry.published).isEmpty();
    host.start();
    assertThat(registry.published).hasSize(1);
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void leavesTheTargetsInPlaceWhenItStops() throws Exception {
    host.start();
    bind(1, "a", gauge(1), Map.of());
    host.stop();
    scope.close();
    unbind(1);
    configuration.interval(Duration.ofSeconds(1));
    assertThat(names()).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({
    "30s,PT30S,PT10S",
    "1m30s,PT1M30S,PT10S",
    "500ms,PT0.5S,PT0.5S",
    "5s,PT5S,PT5S",
    "0s,PT20S,PT10S",
    "soon,PT20S,PT10S",
    "-1s,PT20S,PT10S",
    "1s1m,PT20S,PT10S",
    "99999999999s,PT20S,PT10S"
  })
  void takesTheIntervalFromThePropertyElseTheGlobalOne(
      String property, Duration interval, Duration timeout) {
    configuration.interval(Duration.ofSeconds(20));
    host.start();
    bind(1, "a", gauge(1), Map.of(Exporter.INTERVAL, property));
    assertThat(registry.last().getFirst().interval()).isEqualTo(interval);
    assertThat(registry.last().getFirst().timeout()).isEqualTo(timeout);
  }

  @Test
  void followsTheGlobalInterval() {
    host.start();
    bind(1, "a", gauge(1), Map.of());
    configuration.interval(Duration.ofSeconds(3));
    assertThat(registry.last().getFirst().interval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(registry.last().getFirst().timeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void ofTwoWithOneNameTheHigherRankingWins() throws Exception {
    host.start();
    bind(1, "a", gauge(1), Map.of());
    bind(2, "a", gauge(2), Map.of("service.ranking", 5));
    bind(3, "a", gauge(3), Map.of());
    assertThat(names()).containsExactly("a");
    assertThat(collect("a")).endsWith("g 2\n");
    unbind(2);
    assertThat(names()).containsExactly("a");
    assertThat(collect("a")).endsWith("g 1\n");
    unbind(1);
    assertThat(collect("a")).endsWith("g 3\n");
  }

  @Test
  void changedPropertiesAreTakenOver() throws Exception {
    host.start();
    bind(1, "a", gauge(1), Map.of());
    host.updatedExporter(Fakes.Objects.of(gauge(1)), properties(1, "b", Map.of()));
    assertThat(names()).containsExactly("b");
    assertThat(collect("b")).endsWith("g 1\n");
  }

  @Test
  void exportersWithoutAUsableNameAreNotUsed() {
    host.start();
    for (Object name : new Object[] {"", "a b", "a/b", "é", 7, "x".repeat(129)}) {
      Map<String, Object> properties = properties(1, "x", Map.of());
      properties.put(Exporter.NAME, name);
      host.bindExporter(Fakes.Objects.of(gauge(1)), properties);
    }
    Map<String, Object> without = properties(2, "x", Map.of());
    without.remove(Exporter.NAME);
    host.bindExporter(Fakes.Objects.of(gauge(1)), without);
    assertThat(names()).isEmpty();
    unbind(1);
    unbind(2);
    assertThat(names()).isEmpty();
  }

  @Test
  void countsTheExporters() {
    host.start();
    bind(1, "a", gauge(1), Map.of());
    bind(2, "a", gauge(1), Map.of());
    bind(3, "b", gauge(1), Map.of());
    assertThat(scope.gauges.get("narthex_exporters").getAsDouble()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:9090,localhost:9090",
    ":9090,localhost:9090",
    "[::]:9091,localhost:9091",
    "10.1.2.3:80,10.1.2.3:80",
    "[::1]:9090,[::1]:9090",
    "host.example:1,host.example:1"
  })
  void theInstanceIsTheFirstListenAddress(String address, String instance) {
    ExporterHost other = host(address);
    other.start();
    other.bindExporter(Fakes.Objects.of(gauge(1)), properties(1, "a", Map.of()));
    assertThat(registry.last().getFirst().labels().get("instance")).isEqualTo(instance);
  }

  @Test
  void anUnknownExporterIsNotFound() {
    assertThatThrownBy(() -> collect("nobody"))
        .isInstanceOfSatisfying(
            ExecutionException.class,
            e ->
                assertFailure(
                    e, ExporterErrors.UNKNOWN, "no exporter is registered as \"nobody\""));
  }

  @Test
  void aBadMetricIsNamedWithItsExporter() {
    bind(1, "a", sink -> sink.family("9", MetricType.GAUGE, ""), Map.of());
    assertThatThrownBy(() -> collect("a"))
        .isInstanceOfSatisfying(
            ExecutionException.class,
            e ->
                assertFailure(
                    e,
                    ExporterErrors.BAD_METRIC,
                    "exporter \"a\": metric name \"9\" is not valid: it is of letters, digits,"
                        + " _ and :, and does not begin with a digit"));
  }

  @Test
  void tooMuchTextIsRefused() {
    bind(
        1,
        "a",
        sink -> {
          var family = sink.family("g", MetricType.GAUGE, "");
          String value = "v".repeat(1_000_000);
          for (int i = 0; i < 17; i++) {
            family.sample(i, "l", value);
          }
        },
        Map.of());
    assertThatThrownBy(() -> collect("a"))
        .isInstanceOfSatisfying(
            ExecutionException.class,
            e ->
                assertFailure(
                    e,
                    ExporterErrors.TOO_LARGE,
                    "exporter \"a\": the metrics of one collection are more than 16777216"
                        + " bytes of text"));
  }

  @Test
  void whatAnExporterThrowsStaysTheGuardsFailure() {
    bind(
        1,
        "a",
        sink -> {
          throw new IllegalArgumentException("its own");
        },
        Map.of());
    assertThatThrownBy(() -> collect("a"))
        .isInstanceOfSatisfying(
            ExecutionException.class,
            e -> assertFailure(e, GuardErrors.FAILED, "collect failed: its own"));
  }

  private static void assertFailure(ExecutionException e, ErrorCode code, String message) {
    assertThat(e.getCause())
        .isInstanceOfSatisfying(
            NarthexException.class,
            cause -> {
              assertThat(cause.code()).isEqualTo(code);
              assertThat(cause).hasMessage(message);
            });
  }

  private String collect(String name) throws Exception {
    return new String(host.collect(name, LIMIT).get(10, TimeUnit.SECONDS), StandardCharsets.UTF_8);
  }

  private ExporterHost host(String listenAddress) {
    return new ExporterHost(
        new Fakes.Guard(), registry, configuration, new Fakes.Flags(listenAddress), scope);
  }

  private static Exporter gauge(double value) {
    return sink -> sink.family("g", MetricType.GAUGE, "").sample(value);
  }

  private void bind(long id, String name, Exporter exporter, Map<String, Object> more) {
    host.bindExporter(Fakes.Objects.of(exporter), properties(id, name, more));
  }

  private void unbind(long id) {
    host.unbindExporter(properties(id, "whatever", Map.of()));
  }

  private static Map<String, Object> properties(long id, String name, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("service.id", id);
    properties.put(Exporter.NAME, name);
    return properties;
  }

  private List<String> names() {
    return registry.last().stream().map(Target::pool).toList();
  }
}
