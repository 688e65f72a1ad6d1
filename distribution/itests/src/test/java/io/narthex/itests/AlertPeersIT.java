package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Beside Debian's Prometheus with the same rules over the same targets; its alerts come to us as
 * well, and Debian's amtool works with us.
 */
@NeedsProgram({"prometheus", "amtool"})
class AlertPeersIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int EVALUATIONS = 20;

  private static AlertHouse house;
  private static NarthexProcess narthex;
  private static Process peer;
  private static HttpAnswers prometheus;

  @BeforeAll
  static void start() throws Exception {
    house = new AlertHouse("alert-peers");
    Files.writeString(
        house.folder.resolve("rules/more.yml"),
        """
        groups:
        - name: levels
          rules:
          - alert: LevelHigh
            expr: level > 10
            for: 2s
            keep_firing_for: 1s
            labels: {severity: '{{ if gt $value 20.0 }}page{{ else }}ticket{{ end }}'}
            annotations:
              summary: '{{ $labels.room | toUpper }} is at {{ $value | humanize }} ({{ printf "%.1f" $value }})'
              site: '{{ $externalLabels.site }}'
              others: '{{ range query "level" }}[{{ .Labels.room }} {{ .Value }}]{{ end }}'
              ratio: '{{ humanizePercentage 0.1234 }} {{ humanizeDuration 3661.5 }} {{ humanize1024 123456.0 }}'
          - alert: LevelGone
            expr: absent(level{room="attic"})
            annotations: {summary: 'no {{ $labels.room }}'}
        """);
    narthex = house.start();
    int port = Product.freePort();
    Path config = house.folder.resolve("peer.yml");
    Files.writeString(
        config,
        Files.readString(house.prometheusYml())
            + """
            alerting:
              alert_relabel_configs:
              - {target_label: sender, replacement: peer}
              alertmanagers:
              - path_prefix: /alertmanager
                static_configs: [{targets: ['127.0.0.1:%d']}]
            """
                .formatted(narthex.port()));
    peer =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + house.folder.resolve("peer"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(house.folder.resolve("peer.log").toFile())
            .start();
    prometheus = new HttpAnswers(port);
  }

  @AfterAll
  static void stop() throws IOException {
    if (peer != null) {
      peer.destroyForcibly();
    }
    if (narthex != null) {
      narthex.close();
    }
    house.close();
  }

  @Test
  void alertsOfAnotherPrometheusArePaged() {
    house.other.off();
    try {
      Await.until(
          "the peer's page",
          LIMIT,
          () ->
              house.pages(house.other, "firing").stream()
                  .flatMap(page -> stream(page.body().path("alerts")))
                  .anyMatch(alert -> alert.path("labels").path("sender").asText().equals("peer")));
    } finally {
      switchOn(house.other);
    }
  }

  @Test
  void sameAlertsAndAnnotationsOverManyEvaluations() throws Exception {
    for (int i = 0; i < EVALUATIONS; i++) {
      int step = i;
      house.app.expose(
          "level{room=\"cellar\"} %d.5\nlevel{room=\"roof\"} %d\n%s"
              .formatted(
                  step * 2, 30 - step * 2, step % 7 < 3 ? "level{room=\"attic\"} 12.25\n" : ""));
      Await.until(
          "the same alerts at step " + step,
          LIMIT,
          () -> {
            Set<String> expected = alerts(prometheus);
            Set<String> found = alerts(narthex.http());
            boolean seen =
                value(prometheus).equals(value(narthex.http()))
                    && value(prometheus).equals(step * 2 + ".5");
            return seen && found.equals(expected) ? "equal" : "peer " + expected + " ours " + found;
          },
          "equal"::equals);
      assertThat(series(narthex.http(), "ALERTS_FOR_STATE")).isNotEmpty();
    }
    Await.until(
        "the same ALERTS",
        LIMIT,
        () -> {
          Set<Map<String, String>> expected = series(prometheus, "ALERTS");
          Set<Map<String, String>> found = series(narthex.http(), "ALERTS");
          return found.equals(expected) ? "equal" : "peer " + expected + " ours " + found;
        },
        "equal"::equals);
  }

  @Test
  void amtoolAddsQueriesAndExpires() throws Exception {
    assertThat(
            amtool(
                "alert", "add", "alertname=FromAmtool", "room=cellar", "--annotation=summary=wet"))
        .isEmpty();
    Await.until(
        "the alert",
        LIMIT,
        () -> amtool("alert", "query", "alertname=FromAmtool").contains("FromAmtool"));
    assertThat(amtool("-o", "extended", "alert", "query", "room=~cel.*")).contains("wet");
    assertThat(amtool("alert", "query", "room=none")).doesNotContain("FromAmtool");

    String id =
        amtool(
                "silence",
                "add",
                "alertname=FromAmtool",
                "--comment=at night",
                "--author=me",
                "-d",
                "1h")
            .strip();
    assertThat(id).matches("[0-9a-f-]{36}");
    assertThat(amtool("silence", "query")).contains(id).contains("at night");
    assertThat(amtool("silence", "update", "--comment=by day", "-d", "2h", id)).contains("by day");
    String kept = amtool("silence", "query", "-q").strip();
    assertThat(kept).matches("[0-9a-f-]{36}");
    assertThat(amtool("silence", "expire", kept)).isEmpty();
    assertThat(amtool("silence", "query", "-q")).isBlank();
    assertThat(amtool("silence", "query", "--expired", "-q")).contains(kept);
    assertThat(amtool("config", "show")).contains("receiver: page");
  }

  private static String amtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("amtool"));
    command.add("--no-version-check");
    command.add("--alertmanager.url=http://127.0.0.1:%d/alertmanager".formatted(narthex.port()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("%s: %s".formatted(command, output));
    }
    return output;
  }

  private static void switchOn(SwitchedTarget target) {
    try {
      target.on();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String value(HttpAnswers server) throws IOException {
    return server.query("level{room=\"cellar\"}").path(0).path("value").path(1).asText();
  }

  /** Labels, annotations and state of the alerts about levels. */
  private static Set<String> alerts(HttpAnswers server) throws IOException {
    Set<String> alerts = new TreeSet<>();
    for (JsonNode alert : server.json("/api/v1/alerts").path("data").path("alerts")) {
      if (alert.path("labels").path("alertname").asText().startsWith("Level")) {
        alerts.add(
            "%s %s %s %s"
                .formatted(
                    alert.path("labels"),
                    alert.path("annotations"),
                    alert.path("state").asText(),
                    alert.path("value").asText()));
      }
    }
    return alerts;
  }

  private static Set<Map<String, String>> series(HttpAnswers server, String name)
      throws IOException {
    Set<Map<String, String>> all = new HashSet<>();
    for (JsonNode series : server.query(name + "{alertname=~\"Level.*\"}")) {
      Map<String, String> labels = new TreeMap<>();
      series
          .path("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      all.add(labels);
    }
    return all;
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return java.util.stream.StreamSupport.stream(list.spliterator(), false);
  }
}
