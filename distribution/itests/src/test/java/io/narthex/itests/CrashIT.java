package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** kill -9 while scraping: what a query returned before is there after the restart. */
class CrashIT {
  private static final int ROUNDS = 3;

  @Test
  void whatAQueryReturnedSurvivesKillNine() throws Exception {
    Path folder = Product.emptyFolder("crash");
    int port = Product.freePort();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 100ms
          scrape_timeout: 100ms
        scrape_configs:
          - job_name: self
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(port));
    Random random = new Random(42);
    Map<String, String> seen = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (NarthexProcess narthex =
          NarthexProcess.startOn(port, folder.resolve("data"), "--config.file=" + config).ready()) {
        assertNothingIsMissing(seen, read(narthex));
        int more = seen.size() + 500 + random.nextInt(500);
        Await.until(
            "more samples",
            Duration.ofSeconds(30),
            () -> {
              seen.putAll(read(narthex));
              return seen.size() > more;
            });
        // The kill lands anywhere in the 100 ms from scrape to scrape.
        long moment = System.nanoTime() + random.nextInt(100_000_000);
        while (System.nanoTime() < moment) {
          seen.putAll(read(narthex));
        }
        narthex.kill();
      }
    }
    try (NarthexProcess narthex =
        NarthexProcess.startOn(port, folder.resolve("data"), "--config.file=" + config).ready()) {
      assertNothingIsMissing(seen, read(narthex));
    }
    assertThat(seen.size()).isGreaterThan(ROUNDS * 500);
  }

  private static void assertNothingIsMissing(
      Map<String, String> before, Map<String, String> after) {
    assertThat(after).containsAllEntriesOf(before);
  }

  /** All samples of some series as series and time to value. */
  private static Map<String, String> read(NarthexProcess narthex) throws Exception {
    Map<String, String> samples = new TreeMap<>();
    JsonNode result =
        narthex
            .http()
            .query(
                "{__name__=~\"up|scrape_.*|prometheus_tsdb_head_samples_appended_total|process_cpu_seconds_total\"}[10m]");
    for (JsonNode series : result) {
      for (JsonNode value : series.path("values")) {
        samples.put(series.path("metric") + "@" + value.get(0).asText(), value.get(1).asText());
      }
    }
    return samples;
  }
}
