package io.narthex.http.api.internal;

import static io.narthex.http.api.internal.ApiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.model.Labels;
import io.narthex.http.api.internal.fake.FakeConfiguration;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusRoutesTest {
  private static final Instant LOADED = Instant.parse("2023-11-14T22:00:00.987Z");

  private ApiServer server;

  @BeforeEach
  void start() {
    server = new ApiServer(Map.of("a.flag", "", "b.flag", "é\"x"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void buildInfoClaimsUpstreamsVersionAndNoFeatures() throws Exception {
    assertThat(text(server.get("/status/buildinfo")))
        .isEqualTo(
            """
            {"status":"success","data":{"version":"3.14.0","revision":"","branch":"",\
            "buildUser":"","buildDate":"","goVersion":"","narthexVersion":"0.1.0"}}""");
  }

  @Test
  void showsTheConfigurationInForce() throws Exception {
    HttpResponse<byte[]> before = server.get("/status/config");
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(text(before))
        .contains("there is no configuration yet: bundle io.narthex.config has not read one");
    server.configuration.publish(configuration("global:\n  scrape_interval: \"15s\" # é\n"));
    assertThat(text(server.get("/status/config")))
        .isEqualTo(
            """
            {"status":"success","data":{"yaml":"global:\\n  scrape_interval: \\"15s\\" # é\\n"}}""");
    server.configuration.publish(configuration("other"));
    assertThat(text(server.get("/status/config")))
        .isEqualTo("{\"status\":\"success\",\"data\":{\"yaml\":\"other\"}}");
  }

  @Test
  void showsTheFlags() throws Exception {
    assertThat(text(server.get("/status/flags")))
        .isEqualTo(
            """
            {"status":"success","data":{"a.flag":"","b.flag":"é\\"x",\
            "storage.tsdb.retention.time":"15d","web.cors.origin":".*",\
            "web.max-notifications-subscribers":"16"}}""");
  }

  @Test
  void runtimeInfoSaysOfTheProcessWhatUpstreamSays() throws Exception {
    String answer = text(server.get("/status/runtimeinfo"));
    Matcher matcher =
        Pattern.compile(
                """
                \\{"status":"success","data":\\{"startTime":"(.+?Z)","CWD":"(.+?)",\
                "hostname":"(.+?)","serverTime":"2023-11-14T22:13:20.123Z",\
                "reloadConfigSuccess":false,"lastConfigTime":"1970-01-01T00:00:00Z",\
                "corruptionCount":0,\
                "goroutineCount":([0-9]+),"GOMAXPROCS":([0-9]+),"GOMEMLIMIT":0,"GOGC":"",\
                "GODEBUG":"","storageRetention":"15d"}}""")
            .matcher(answer);
    assertThat(answer).matches(matcher.pattern());
    assertThat(matcher.matches()).isTrue();
    assertThat(Instant.parse(matcher.group(1)))
        .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    assertThat(Path.of(matcher.group(2))).isEqualTo(Path.of("").toAbsolutePath());
    assertThat(matcher.group(3)).isEqualTo(HostName.find());
    assertThat(Integer.parseInt(matcher.group(4))).isGreaterThan(3);
    assertThat(Integer.parseInt(matcher.group(5)))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void tellsWhenTheConfigurationInForceWasLoaded() throws Exception {
    server.configuration.publish(configuration("x"));
    assertThat(lastLoad()).isEqualTo("true 2023-11-14T22:13:20Z");
    server.configuration.note(new LoadAttempt(LOADED, List.of()));
    assertThat(lastLoad()).isEqualTo("true 2023-11-14T22:00:00Z");
    server.configuration.note(new LoadAttempt(LOADED.plusSeconds(3600), List.of("p:1:1: bad")));
    assertThat(lastLoad()).isEqualTo("false 2023-11-14T22:13:20Z");
  }

  @Test
  void knowsOfALoadBeforeItCame() throws Exception {
    FakeConfiguration configuration = new FakeConfiguration();
    configuration.publish(configuration("x"));
    configuration.note(new LoadAttempt(LOADED, List.of()));
    try (ApiServer late = new ApiServer(Map.of(), configuration)) {
      assertThat(configuration.listeners).hasSize(1);
      configuration.note(new LoadAttempt(LOADED.plusSeconds(60), List.of("bad")));
      assertThat(lastLoad(late)).isEqualTo("false 2023-11-14T22:00:00Z");
    }
    assertThat(configuration.listeners).as("forgotten with the scope").isEmpty();
  }

  private String lastLoad() throws Exception {
    return lastLoad(server);
  }

  private static String lastLoad(ApiServer server) throws Exception {
    Matcher matcher =
        Pattern.compile("\"reloadConfigSuccess\":(\\w+),\"lastConfigTime\":\"([^\"]+)\"")
            .matcher(text(server.get("/status/runtimeinfo")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1) + " " + matcher.group(2);
  }

  private static PrometheusConfig configuration(String text) {
    return new PrometheusConfig(
        "prometheus.yml",
        new GlobalConfig(
            Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(15), Labels.EMPTY),
        List.of(),
        RuleSettings.NONE,
        1,
        0,
        text);
  }
}
