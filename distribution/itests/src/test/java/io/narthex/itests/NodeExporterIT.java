package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Debian's node exporter as the target, beside Debian's Prometheus. */
@NeedsProgram({"prometheus", "prometheus-node-exporter"})
class NodeExporterIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static Process exporter;
  private static Process peer;
  private static NarthexProcess narthex;
  private static HttpAnswers prometheus;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Product.emptyFolder("node");
    int exporterPort = Product.freePort();
    exporter =
        quiet("prometheus-node-exporter", "--web.listen-address=127.0.0.1:" + exporterPort).start();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: node
            static_configs:
              - targets: ["127.0.0.1:%d"]
                labels:
                  rack: a1
        """
            .formatted(exporterPort));
    int peerPort = Product.freePort();
    peer =
        quiet(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("peer"),
                "--web.listen-address=127.0.0.1:" + peerPort)
            .start();
    prometheus = new HttpAnswers(peerPort);
    narthex = NarthexProcess.start(folder.resolve("data"), "--config.file=" + config).ready();
    for (HttpAnswers server : new HttpAnswers[] {narthex.http(), prometheus}) {
      Await.until(
          "ten scrapes", SOON, () -> server.query("count_over_time(up[1m]) >= 10").size() == 1);
    }
  }

  @AfterAll
  static void stop() {
    for (Process process : new Process[] {exporter, peer}) {
      if (process != null) {
        process.destroyForcibly();
      }
    }
    if (narthex != null) {
      narthex.close();
    }
  }

  @Test
  void hasTheSameSeries() throws Exception {
    Set<Map<String, String>> expected = series(prometheus);
    assertThat(expected.size()).isGreaterThan(300);
    assertThat(series(narthex.http())).isEqualTo(expected);
  }

  @Test
  void ratesOfCpuSecondsAnswer() throws Exception {
    JsonNode rates = narthex.http().query("rate(node_cpu_seconds_total[1m])");
    int cpus = Runtime.getRuntime().availableProcessors();
    assertThat(rates.size()).isEqualTo(cpus * 8);
    // A minute's rate of ten seconds of samples is a sixth of the truth, so the sum is taken of
    // less.
    JsonNode modes = narthex.http().query("sum by (mode) (rate(node_cpu_seconds_total[8s]))");
    double sum = 0;
    Set<String> names = new TreeSet<>();
    for (JsonNode mode : modes) {
      names.add(mode.path("metric").path("mode").asText());
      sum += mode.path("value").path(1).asDouble();
    }
    assertThat(names)
        .containsExactly("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user");
    // All modes of a CPU fill a second a second.
    assertThat(sum).isBetween(cpus * 0.7, cpus * 1.3);
  }

  @Test
  void arithmeticAgreesWithThePeer() throws Exception {
    String expression =
        "node_memory_MemTotal_bytes / 1024 / 1024 - node_memory_SwapTotal_bytes / 2 ^ 20 + 0 * node_memory_MemTotal_bytes";
    assertThat(HttpAnswers.values(narthex.http().query(expression)))
        .hasSize(1)
        .isEqualTo(HttpAnswers.values(prometheus.query(expression)));
  }

  /** All series of the job; numbers in labels as numbers, since 3.x writes le="1" as le="1.0". */
  private static Set<Map<String, String>> series(HttpAnswers server) throws Exception {
    Set<Map<String, String>> all = new java.util.HashSet<>();
    for (JsonNode series : server.query("{job=\"node\"}")) {
      Map<String, String> labels = new TreeMap<>();
      series
          .path("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      labels.computeIfPresent(
          "quantile", (name, value) -> Double.toString(Double.parseDouble(value)));
      labels.computeIfPresent(
          "le",
          (name, value) ->
              value.equals("+Inf") ? value : Double.toString(Double.parseDouble(value)));
      all.add(labels);
    }
    return all;
  }

  private static ProcessBuilder quiet(String... command) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }
}
