package io.narthex.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What an alert needs from end to end: two targets that can die, a rule that watches them, a
 * webhook and a mail server that take the pages, and the configuration of all that in a folder.
 */
final class AlertHouse implements AutoCloseable {
  /** The name of the alert; there is one for each target that is down, each a group of its own. */
  static final String ALERT = "TargetDown";

  final Path folder;
  final SwitchedTarget app = new SwitchedTarget();
  final SwitchedTarget other = new SwitchedTarget();
  final WebhookSink webhook = new WebhookSink();
  final MailSink mails = new MailSink();

  AlertHouse(String name) throws IOException {
    folder = Product.emptyFolder(name);
    Files.writeString(
        prometheusYml(),
        """
        global:
          scrape_interval: 1s
          evaluation_interval: 1s
          external_labels: {site: test}
        rule_files: ['rules/*.yml']
        scrape_configs:
        - job_name: app
          static_configs:
          - targets: ['%s', '%s']
        """
            .formatted(app.address(), other.address()));
    Files.createDirectories(folder.resolve("rules"));
    writeRules();
    Files.writeString(
        alertmanagerYml(),
        """
        global: {smtp_smarthost: '127.0.0.1:%d', smtp_from: narthex@example.org, smtp_require_tls: false}
        route:
          receiver: page
          group_by: [alertname, instance]
          group_wait: 1s
          group_interval: 2s
          repeat_interval: 1h
        receivers:
        - name: page
          webhook_configs: [{url: '%s'}]
          email_configs: [{to: sre@example.org, send_resolved: true}]
        """
            .formatted(mails.port(), webhook.url()));
  }

  Path prometheusYml() {
    return folder.resolve("prometheus.yml");
  }

  Path alertmanagerYml() {
    return folder.resolve("alertmanager.yml");
  }

  private void writeRules() throws IOException {
    Files.writeString(
        folder.resolve("rules/app.yml"),
        """
        groups:
        - name: app
          rules:
          - record: job:up:count
            expr: count by (job) (up)
          - alert: %s
            expr: up{job="app"} == 0
            for: 1s
            labels: {severity: page}
            annotations:
              summary: '{{ $labels.instance }} of {{ $labels.job }} is down'
        """
            .formatted(ALERT));
  }

  NarthexProcess start() throws IOException {
    return start(Product.freePort());
  }

  NarthexProcess start(int port, String... more) throws IOException {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.add("--config.file=" + prometheusYml());
    flags.add("--alertmanager.config.file=" + alertmanagerYml());
    flags.add("--web.enable-admin-api");
    flags.add("--web.enable-lifecycle");
    NarthexProcess narthex =
        NarthexProcess.startOn(port, folder.resolve("data"), flags.toArray(String[]::new)).ready();
    Await.until(
        "both targets up",
        Duration.ofSeconds(20),
        () -> narthex.http().query("up{job=\"app\"} == 1").size() == 2);
    return narthex;
  }

  /** The pages of one target with that status. */
  List<WebhookSink.Page> pages(SwitchedTarget target, String status) {
    return webhook.pages(
        page -> page.isFor(ALERT, status) && page.label("instance").equals(target.address()));
  }

  /** Silences the alerts of a target; the silence's id. */
  static String silence(NarthexProcess narthex, SwitchedTarget target) throws Exception {
    Instant now = Instant.now();
    HttpResponse<String> answer =
        post(
            narthex,
            "/alertmanager/api/v2/silences",
            """
            {"matchers":[{"name":"instance","value":"%s","isRegex":false,"isEqual":true}],
             "startsAt":"%s","endsAt":"%s","createdBy":"test","comment":"at night"}
            """
                .formatted(target.address(), now, now.plusSeconds(3600)));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(answer.body())
        .path("silenceID")
        .asText();
  }

  /** The state of a target's alert at the Alertmanager, or nothing if it has none. */
  static String state(NarthexProcess narthex, SwitchedTarget target) throws IOException {
    return StreamSupport.stream(
            narthex.http().json("/alertmanager/api/v2/alerts").spliterator(), false)
        .filter(a -> a.path("labels").path("instance").asText().equals(target.address()))
        .map(a -> a.path("status").path("state").asText())
        .findFirst()
        .orElse("");
  }

  static HttpResponse<String> post(NarthexProcess narthex, String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:%d%s".formatted(narthex.port(), path)))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Stops or starts a bundle by the API. */
  static void bundle(NarthexProcess narthex, String name, String action) throws Exception {
    HttpResponse<String> answer =
        post(narthex, "/api/v1/bundles/%s/%s".formatted(name, action), "");
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          "%s %s: %d %s".formatted(action, name, answer.statusCode(), answer.body()));
    }
  }

  /** The rule's alert as the rules see it: inactive, pending or firing. */
  static JsonNode ruleAlerts(NarthexProcess narthex) throws IOException {
    return narthex.http().json("/api/v1/alerts").path("data").path("alerts");
  }

  @Override
  public void close() throws IOException {
    app.close();
    other.close();
    webhook.close();
    mails.close();
  }
}
