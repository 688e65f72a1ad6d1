package io.narthex.discovery.core.internal.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.config.ScrapeOptions.HistogramOptions;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.model.Labels;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.target.TargetPool;
import io.narthex.spi.discovery.TargetGroup;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolBuilderTest {
  private static final Relabeller NO_RULES = labels -> labels;

  @Test
  void aTargetHasTheLabelsOfItsConfig() {
    ScrapeConfig config =
        config(
            Map.of("b", List.of("2 3", "x"), "a", List.of("*~é"), "none", List.of()),
            0,
            0,
            statics("h:9100", "env", "prod"));

    assertThat(pool(config, NO_RULES).targets())
        .containsExactly(
            new Target(
                "j",
                Labels.of("env", "prod", "instance", "h:9100", "job", "j"),
                Labels.of(
                    "__address__", "h:9100",
                    "__always_scrape_classic_histograms__", "false",
                    "__convert_classic_histograms_to_nhcb__", "false",
                    "__metrics_path__", "/metrics",
                    "__param_a", "*~é",
                    "__param_b", "2 3",
                    "__scheme__", "http",
                    "__scrape_interval__", "1m30s",
                    "__scrape_native_histograms__", "false",
                    "__scrape_timeout__", "10s",
                    "env", "prod",
                    "job", "j"),
                new TargetEndpoint.Http(URI.create("http://h:9100/metrics?a=%2A~%C3%A9&b=2+3&b=x")),
                Duration.ofSeconds(90),
                Duration.ofSeconds(10),
                ScrapeOptions.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource({
    "job, other, labels, job, other",
    "instance, me, labels, instance, me",
    "__metrics_path__, /m, url, , http://h:1/m",
    "__metrics_path__, m, url, , http://h:1/m",
    "__metrics_path__, /a?b#c d%, url, , http://h:1/a%3Fb%23c%20d%25",
    "__param_x, 1, url, , http://h:1/metrics?x=1",
    "__scheme__, https, url, , https://h:1/metrics",
    "__scrape_interval__, 20s, interval, , PT20S",
    "__scrape_timeout__, 1m, timeout, , PT1M",
    "__tmp, x, labels, __tmp, ''",
    "__meta_x, x, labels, __meta_x, ''",
    "__meta_x, x, discovered, __meta_x, x",
    "__scrape_native_histograms__, T, native, , true",
    "__scrape_native_histograms__, 0, native, , false",
    "__convert_classic_histograms_to_nhcb__, true, convert, , true",
    "__always_scrape_classic_histograms__, 1, always, , true",
  })
  void groupLabelsOverride(String name, String value, String what, String label, String expected) {
    Target target = pool(statics("h:1", name, value)).targets().getFirst();
    HistogramOptions histograms = target.options().histograms();
    Object actual =
        switch (what) {
          case "labels" -> target.labels().get(label);
          case "discovered" -> target.discoveredLabels().get(label);
          case "url" -> ((TargetEndpoint.Http) target.endpoint()).url();
          case "interval" -> target.interval();
          case "timeout" -> target.timeout();
          case "native" -> histograms.scrapeNative();
          case "convert" -> histograms.convertClassic();
          default -> histograms.alwaysClassic();
        };
    assertThat(actual).hasToString(expected);
  }

  @Test
  void theAddressAndTheLabelsOfATargetWinOverItsGroups() {
    TargetGroup group =
        new TargetGroup(
            "s",
            List.of(Labels.of("__address__", "h:1", "a", "own")),
            Labels.of("__address__", "y:2", "a", "group", "b", "group"));

    Target target = build(config(Map.of(), 0, 0), NO_RULES, group).targets().getFirst();

    assertThat(target.labels())
        .isEqualTo(Labels.of("a", "own", "b", "group", "instance", "h:1", "job", "j"));
  }

  @ParameterizedTest
  @CsvSource({"host_with_underscore:80", "[::1]:9090", "plain"})
  void unusualAddressesMakeUrls(String address) {
    Target target = pool(statics(address)).targets().getFirst();

    assertThat(((TargetEndpoint.Http) target.endpoint()).url())
        .hasToString("http://" + address + "/metrics");
    assertThat(target.labels().get("instance")).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__scrape_interval__ | soon | label __scrape_interval__ must be a duration above 0 such as"
            + " 15s or 1m30s, got \"soon\"",
        "__scrape_interval__ | 0s | label __scrape_interval__ must be a duration above 0 such as"
            + " 15s or 1m30s, got \"0s\"",
        "__scrape_interval__ | 999999999y | label __scrape_interval__ must be a duration above 0"
            + " such as 15s or 1m30s, got \"999999999y\"",
        "__scrape_timeout__ | 0 | label __scrape_timeout__ must be a duration above 0 such as 15s"
            + " or 1m30s, got \"0\"",
        "__scrape_timeout__ | 2m | label __scrape_timeout__ (2m) is greater than"
            + " __scrape_interval__ (1m30s); it must not be",
        "__scheme__ | ftp | label __scheme__ must be http or https, got \"ftp\"",
        "__unix_socket__ | /run/x | label __unix_socket__: this version of Narthex does not support"
            + " Unix sockets yet",
        "__address__ | h:1/x | \"h:1/x\" is not a valid hostname: label __address__ must be"
            + " host:port",
        "__address__ | [::1 | address \"[::1\" with path \"/metrics\" makes no URL; an address is"
            + " host:port",
        "__scrape_native_histograms__ | yes | label __scrape_native_histograms__ must be true or"
            + " false, got \"yes\"",
        "x | \uD800 | the value of label x is not valid UTF-8",
      })
  void aBadTargetIsLeftOutAndSaysWhy(String name, String value, String problem) {
    Labels bad = Labels.of("__address__", "bad:1").toBuilder().set(name, value).build();
    TargetGroup group =
        new TargetGroup("s", List.of(bad, Labels.of("__address__", "good:1")), Labels.EMPTY);
    PoolBuilder.Result result =
        new PoolBuilder(config(Map.of(), 0, 0), NO_RULES).build(List.of(group));

    assertThat(result.pool().targets())
        .singleElement()
        .satisfies(t -> assertThat(t.labels().get("instance")).isEqualTo("good:1"));
    assertThat(result.failures()).containsExactly(bad.get("__address__") + ": " + problem);
    assertThat(result.found()).isEqualTo(2);
  }

  @Test
  void relabellingMayGiveTheAddressAndComesBeforeTheChecks() {
    TargetGroup group = new TargetGroup("s", List.of(Labels.of("a", "1")), Labels.EMPTY);
    ScrapeConfig config = config(Map.of(), 0, 0);

    assertThat(build(config, NO_RULES, group).targets()).isEmpty();
    assertThat(build(config, l -> l.toBuilder().set("__address__", "x:1").build(), group).targets())
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.labels().get("instance")).isEqualTo("x:1");
              assertThat(target.discoveredLabels().get("__address__")).isEmpty();
            });
  }

  @Test
  void targetsThatDifferInNothingThatIsScrapedAreOne() {
    TargetPool pool =
        pool(
            statics("h:1"),
            statics("h:1"),
            statics("h:1", "__meta_x", "1"),
            statics("h:1", "x", "1"),
            statics("h:1", "__metrics_path__", "/m"),
            statics("h:1", "__scrape_interval__", "20s"));

    assertThat(pool.targets()).hasSize(4);
    assertThat(pool.targets().getFirst().discoveredLabels().get("__meta_x")).isEmpty();
  }

  @Test
  void targetsWithTheSameOverridesShareTheirOptions() {
    String label = "__scrape_native_histograms__";
    List<Target> targets =
        pool(statics("a:1"), statics("b:1", label, "1"), statics("c:1", label, "true")).targets();

    assertThat(targets.get(0).options()).isSameAs(ScrapeOptions.DEFAULT);
    assertThat(targets.get(1).options()).isNotEqualTo(ScrapeOptions.DEFAULT);
    assertThat(targets.get(2).options()).isSameAs(targets.get(1).options());
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "2, ''",
    "1, 'target_limit exceeded (number of targets: 2, limit: 1)'",
  })
  void tooManyTargetsAreRefusedTogether(long limit, String refusal) {
    ScrapeConfig config =
        config(Map.of(), limit, 0, statics("a:1"), statics("b:1"), statics("b:1"));

    TargetPool pool = pool(config, NO_RULES);

    assertThat(pool.refusal()).isEqualTo(refusal);
    assertThat(pool.targets()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "2, 2", "9, 3"})
  void asManyDroppedTargetsAreKeptAsWanted(long keep, int kept) {
    ScrapeConfig config =
        config(Map.of(), 1, keep, statics("a:1"), statics("b:1"), statics("c:1"), statics("d:1"));

    TargetPool pool =
        pool(config, labels -> labels.get("__address__").equals("d:1") ? labels : null);

    assertThat(pool.droppedCount()).isEqualTo(3);
    assertThat(pool.dropped()).hasSize(kept);
    assertThat(pool.dropped().getFirst().get("__address__")).isEqualTo("a:1");
    assertThat(pool.targets()).hasSize(1);
    assertThat(pool.refusal()).isEmpty();
  }

  @Test
  void equalInputsMakeEqualPools() {
    ScrapeConfig config = config(Map.of("a", List.of("1")), 0, 0, statics("a:1", "x", "y"));

    assertThat(pool(config, NO_RULES)).isEqualTo(pool(config, NO_RULES));
  }

  private static TargetPool pool(StaticTargets... statics) {
    return pool(config(Map.of(), 0, 0, statics), NO_RULES);
  }

  private static TargetPool pool(ScrapeConfig config, Relabeller rules) {
    return new PoolBuilder(config, rules).build(List.of()).pool();
  }

  private static TargetPool build(ScrapeConfig config, Relabeller rules, TargetGroup group) {
    return new PoolBuilder(config, rules).build(List.of(group)).pool();
  }

  private static ScrapeConfig config(
      Map<String, List<String>> params, long limit, long keep, StaticTargets... statics) {
    return new ScrapeConfig(
        "j",
        Duration.ofSeconds(90),
        Duration.ofSeconds(10),
        "/metrics",
        "http",
        params,
        ScrapeOptions.DEFAULT,
        List.of(),
        limit,
        keep,
        List.of(statics),
        List.of());
  }

  private static StaticTargets statics(String address, String... labels) {
    return new StaticTargets(List.of(address), Labels.of(labels));
  }
}
