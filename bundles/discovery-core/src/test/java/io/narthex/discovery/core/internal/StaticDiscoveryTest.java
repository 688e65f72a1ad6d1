package io.narthex.discovery.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.model.Labels;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.discovery.core.internal.Fakes.FakeConfiguration;
import io.narthex.discovery.core.internal.Fakes.FakeRegistry;
import io.narthex.discovery.core.internal.Fakes.FakeScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticDiscoveryTest {
  private final FakeConfiguration configuration = new FakeConfiguration();
  private final FakeRegistry registry = new FakeRegistry();
  private final FakeScope scope = new FakeScope();

  @Test
  void aTargetHasTheLabelsOfItsConfig() {
    publish(
        job(
            "node",
            Map.of("b", List.of("2 3", "x"), "a", List.of("*~é")),
            targets("h:9100", "env", "prod")));

    assertThat(registry.published.get("config"))
        .containsExactly(
            new Target(
                "node",
                Labels.of("env", "prod", "instance", "h:9100", "job", "node"),
                Labels.of(
                    "__address__", "h:9100",
                    "__metrics_path__", "/metrics",
                    "__param_a", "*~é",
                    "__param_b", "2 3",
                    "__scheme__", "http",
                    "__scrape_interval__", "1m30s",
                    "__scrape_timeout__", "10s",
                    "env", "prod",
                    "job", "node"),
                new TargetEndpoint.Http(
                    java.net.URI.create("http://h:9100/metrics?a=%2A~%C3%A9&b=2+3&b=x")),
                Duration.ofSeconds(90),
                Duration.ofSeconds(10),
                false,
                true));
  }

  @ParameterizedTest
  @CsvSource({
    "job, other, labels, job, other",
    "instance, me, labels, instance, me",
    "__metrics_path__, /m, url, , http://h:1/m",
    "__metrics_path__, m, url, , http://h:1/m",
    "__metrics_path__, /a?b#c d%, url, , http://h:1/a%3Fb%23c%20d%25",
    "__param_x, 1, url, , http://h:1/metrics?x=1",
    "__address__, y:2, url, , http://h:1/metrics",
    "__scrape_interval__, 20s, interval, , PT20S",
    "__scrape_timeout__, 1m, timeout, , PT1M",
    "__tmp, x, labels, __tmp, ''",
  })
  void groupLabelsOverride(String name, String value, String what, String label, String expected) {
    publish(job("j", Map.of(), targets("h:1", name, value)));

    Target target = registry.published.get("config").getFirst();
    Object actual =
        switch (what) {
          case "labels" -> target.labels().get(label);
          case "url" -> ((TargetEndpoint.Http) target.endpoint()).url();
          case "interval" -> target.interval();
          default -> target.timeout();
        };
    assertThat(actual).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({"host_with_underscore:80", "[::1]:9090", "plain"})
  void unusualAddressesMakeUrls(String address) {
    publish(job("j", Map.of(), targets(address)));

    Target target = registry.published.get("config").getFirst();
    assertThat(((TargetEndpoint.Http) target.endpoint()).url())
        .hasToString("http://" + address + "/metrics");
    assertThat(target.labels().get("instance")).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "__scrape_interval__, soon",
    "__scrape_interval__, 0s",
    "__scrape_interval__, 999999999y",
    "__scrape_timeout__, 2m",
    "__scheme__, https"
  })
  void aBadTargetIsLeftOutAndCounted(String name, String value) {
    publish(job("j", Map.of(), targets("bad:1", name, value), targets("good:1")));

    assertThat(registry.published.get("config"))
        .singleElement()
        .satisfies(t -> assertThat(t.labels().get("instance")).isEqualTo("good:1"));
    assertThat(scope.counted).isEqualTo(1);
  }

  @Test
  void equalLabelsAndUrlAreOneTargetWithinAJob() {
    publish(
        job("a", Map.of(), targets("h:1"), targets("h:1"), targets("h:1", "x", "1")),
        job("b", Map.of(), targets("h:1")));

    assertThat(registry.published.get("config"))
        .extracting(Target::pool)
        .containsExactly("a", "a", "b");
  }

  @Test
  void aNewConfigurationReplacesAllTargets() {
    publish(job("a", Map.of(), targets("h:1")));
    configuration.publish(config(job("a", Map.of(), targets("h:2"))));

    assertThat(registry.published.get("config"))
        .extracting(t -> t.labels().get("instance"))
        .containsExactly("h:2");
  }

  @Test
  void targetsStayWhenTheBundleStops() throws Exception {
    publish(job("a", Map.of(), targets("h:1")));

    scope.close();
    configuration.publish(config());

    assertThat(registry.published.get("config")).hasSize(1);
  }

  private void publish(ScrapeConfig... jobs) {
    configuration.publish(config(jobs));
    new StaticDiscovery(configuration, registry, scope);
  }

  private static PrometheusConfig config(ScrapeConfig... jobs) {
    Duration minute = Duration.ofMinutes(1);
    return new PrometheusConfig(
        "test", new GlobalConfig(minute, minute, minute, Labels.EMPTY), List.of(jobs));
  }

  private static ScrapeConfig job(
      String name, Map<String, List<String>> params, StaticTargets... groups) {
    return new ScrapeConfig(
        name,
        Duration.ofSeconds(90),
        Duration.ofSeconds(10),
        "/metrics",
        "http",
        params,
        false,
        true,
        List.of(groups));
  }

  private static StaticTargets targets(String address, String... labels) {
    return new StaticTargets(List.of(address), Labels.of(labels));
  }
}
