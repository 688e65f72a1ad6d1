package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Beside Debian's Prometheus, with the same configuration and the same real targets: node exporter
 * from a watched file, blackbox exporter with relabelled probes, pushgateway, Alertmanager, and
 * Prometheus itself. The steps build on each other.
 */
@NeedsProgram({
  "prometheus",
  "prometheus-node-exporter",
  "prometheus-blackbox-exporter",
  "prometheus-pushgateway",
  "prometheus-alertmanager"
})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PeersIT {
  private static final Duration SOON = Duration.ofSeconds(40);

  private static final Set<Process> started = new HashSet<>();
  private static final int node = Product.freePort();
  private static Path folder;
  private static Process nodeExporter;
  private static NarthexProcess narthex;
  private static HttpAnswers prometheus;

  @BeforeAll
  static void start() throws Exception {
    folder = Product.emptyFolder("peers");
    int blackbox = Product.freePort();
    int pushgateway = Product.freePort();
    int alertmanager = Product.freePort();
    int peer = Product.freePort();
    nodeExporter = run("prometheus-node-exporter", "--web.listen-address=127.0.0.1:" + node);
    Files.writeString(
        folder.resolve("blackbox.yml"), "modules: {http_2xx: {prober: http, timeout: 1s}}\n");
    run(
        "prometheus-blackbox-exporter",
        "--config.file=" + folder.resolve("blackbox.yml"),
        "--web.listen-address=127.0.0.1:" + blackbox);
    run("prometheus-pushgateway", "--web.listen-address=127.0.0.1:" + pushgateway);
    Files.writeString(
        folder.resolve("alertmanager.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
    run(
        "prometheus-alertmanager",
        "--config.file=" + folder.resolve("alertmanager.yml"),
        "--storage.path=" + folder.resolve("alertmanager"),
        "--cluster.listen-address=",
        "--web.listen-address=127.0.0.1:" + alertmanager);
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
          external_labels: {site: test}
        scrape_configs:
        - job_name: node
          file_sd_configs:
          - files: ['targets/*.json']
          relabel_configs:
          - {source_labels: [__meta_filepath], regex: '.*/([a-z]+)[.]json', target_label: file}
          - {source_labels: [__address__], modulus: 8, action: hashmod, target_label: shard}
          metric_relabel_configs:
          - {source_labels: [__name__], regex: 'go_.*', action: drop}
          - {regex: 'device', action: labeldrop}
          - {source_labels: [__name__, mode], separator: '/', target_label: joined, regex: 'node_cpu.*'}
        - job_name: probes
          metrics_path: /probe
          params: {module: [http_2xx]}
          static_configs:
          - targets: ['http://127.0.0.1:%d/-/ready', 'http://127.0.0.1:%d/-/ready', 'http://127.0.0.1:1']
          relabel_configs:
          - {source_labels: [__address__], target_label: __param_target}
          - {source_labels: [__param_target], target_label: instance}
          - {target_label: __address__, replacement: '127.0.0.1:%d'}
        - job_name: pushgateway
          honor_labels: true
          static_configs: [{targets: ['127.0.0.1:%d']}]
        - job_name: alertmanager
          static_configs: [{targets: ['127.0.0.1:%d']}]
        - job_name: prometheus
          static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(pushgateway, alertmanager, blackbox, pushgateway, alertmanager, peer));
    writeTargets("one", node);
    run(
        "prometheus",
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("peer"),
        "--web.listen-address=127.0.0.1:" + peer);
    prometheus = new HttpAnswers(peer);
    push(pushgateway);
    narthex = NarthexProcess.start(folder.resolve("data"), "--config.file=" + config).ready();
  }

  @AfterAll
  static void stop() {
    started.forEach(Process::destroyForcibly);
    if (narthex != null) {
      narthex.close();
    }
  }

  @Test
  @Order(1)
  void hasTheSameSeriesOfEveryTarget() throws Exception {
    for (String job :
        new String[] {"node", "probes", "alertmanager", "prometheus", "from-a-push"}) {
      Await.until(
          "the same series of " + job,
          SOON,
          () -> {
            Set<Map<String, String>> expected = series(prometheus, job);
            Set<Map<String, String>> found = series(narthex.http(), job);
            return expected.size() > 5 && found.equals(expected)
                ? "equal"
                : difference(expected, found);
          },
          "equal"::equals);
    }
    assertThat(series(narthex.http(), "node").size()).isGreaterThan(200);
    assertThat(up(narthex.http())).isEqualTo(up(prometheus)).hasSize(7).containsValue("1");
  }

  @Test
  @Order(2)
  void aTargetThatStopsIsDownAndItsSeriesEnd() throws Exception {
    nodeExporter.destroyForcibly().waitFor();
    for (HttpAnswers server : new HttpAnswers[] {narthex.http(), prometheus}) {
      Await.until("down and stale", SOON, () -> state(server), "up=0 series=0"::equals);
    }
    nodeExporter = run("prometheus-node-exporter", "--web.listen-address=127.0.0.1:" + node);
    for (HttpAnswers server : new HttpAnswers[] {narthex.http(), prometheus}) {
      Await.until("up again", SOON, () -> state(server).startsWith("up=1 series=1"));
    }
  }

  @Test
  @Order(3)
  void aTargetThatLeavesItsFileEndsWithAllItsSeries() throws Exception {
    writeTargets("two", node);
    for (HttpAnswers server : new HttpAnswers[] {narthex.http(), prometheus}) {
      Await.until(
          "the second file's target",
          SOON,
          () -> server.query("up{job=\"node\",file=\"two\"} == 1").size() == 1);
    }
    Files.delete(folder.resolve("targets/two.json"));
    for (HttpAnswers server : new HttpAnswers[] {narthex.http(), prometheus}) {
      Await.until(
          "the second file's series are gone",
          SOON,
          () -> server.query("{job=\"node\",file=\"two\"}").size() == 0);
      assertThat(server.query("up{job=\"node\",file=\"one\"} == 1").size()).isEqualTo(1);
    }
  }

  private static String state(HttpAnswers server) throws IOException {
    JsonNode up = server.query("up{job=\"node\"}");
    return "up=%s series=%d"
        .formatted(
            up.path(0).path("value").path(1).asText(),
            server.query("node_memory_MemTotal_bytes{job=\"node\"}").size());
  }

  private static void writeTargets(String file, int port) throws IOException {
    Path targets = Files.createDirectories(folder.resolve("targets"));
    Path temporary = folder.resolve(file + ".tmp");
    Files.writeString(
        temporary,
        "[{\"targets\": [\"127.0.0.1:%d\"], \"labels\": {\"rack\": \"a1\", \"no\": \"%s\"}}]"
            .formatted(port, file));
    Files.move(temporary, targets.resolve(file + ".json"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void push(int port) {
    Await.until(
        "the push",
        SOON,
        () -> {
          try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:%d/metrics/job/from-a-push/instance/x"
                                .formatted(port)))
                    .PUT(
                        HttpRequest.BodyPublishers.ofString(
                            "a 1\nb{c=\"d\"} 2\ne 3\nf 4\ng 5\n# TYPE h histogram\nh_bucket{le=\"1\"} 1\n"
                                + "h_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 2\n"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
          }
        });
  }

  private static Map<String, String> up(HttpAnswers server) throws IOException {
    Map<String, String> up = new TreeMap<>();
    for (JsonNode series : server.query("up")) {
      up.put(labels(series).toString(), series.path("value").path(1).asText());
    }
    return up;
  }

  private static String difference(
      Set<Map<String, String>> expected, Set<Map<String, String>> found) {
    Set<Map<String, String>> missing = new HashSet<>(expected);
    missing.removeAll(found);
    Set<Map<String, String>> more = new HashSet<>(found);
    more.removeAll(expected);
    return "%d missing, %d more; for example %s and %s"
        .formatted(
            missing.size(),
            more.size(),
            missing.stream().findFirst().orElse(null),
            more.stream().findFirst().orElse(null));
  }

  private static Set<Map<String, String>> series(HttpAnswers server, String job)
      throws IOException {
    Set<Map<String, String>> all = new HashSet<>();
    for (JsonNode series : server.query("{job=\"%s\"}".formatted(job))) {
      all.add(labels(series));
    }
    return all;
  }

  /** Numbers in labels as numbers, since 3.x writes le="1" as le="1.0". */
  private static Map<String, String> labels(JsonNode series) {
    Map<String, String> labels = new TreeMap<>();
    series
        .path("metric")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    for (String name : new String[] {"le", "quantile"}) {
      labels.computeIfPresent(
          name,
          (key, value) ->
              value.equals("+Inf") ? value : Double.toString(Double.parseDouble(value)));
    }
    return labels;
  }

  private static Process run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }
}
