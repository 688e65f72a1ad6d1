package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Targets that misbehave, each scraped twice: by the plain reader and, since a password from a file
 * is more than that one does, by the platform's client. The errors are those that Prometheus 3.14
 * shows for the same server.
 */
class BadTargetsIT {
  private static final Duration SOON = Duration.ofSeconds(40);

  private static BadTargets targets;
  private static NarthexProcess narthex;

  @BeforeAll
  static void start() throws Exception {
    targets = new BadTargets();
    Path folder = Product.emptyFolder("bad-targets");
    Files.writeString(folder.resolve("password"), "secret\n");
    StringBuilder statics = new StringBuilder("  static_configs:\n");
    for (String path : BadTargets.paths()) {
      statics.append(
          "  - targets: ['127.0.0.1:%d']\n    labels: {path: %s, __metrics_path__: /%s}\n"
              .formatted(targets.port(), path, path));
    }
    statics.append("  - targets: ['127.0.0.1:1']\n    labels: {path: refused}\n");
    statics.append("  - targets: ['no-such-host.invalid:80']\n    labels: {path: unknown}\n");
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 3s
          scrape_timeout: 2s
        scrape_configs:
        - job_name: plain
          body_size_limit: 20MB
        %s- job_name: client
          body_size_limit: 20MB
          basic_auth: {username: me, password_file: password}
        %s"""
            .formatted(statics, statics));
    narthex =
        NarthexProcess.startWith("-Xmx384m", folder.resolve("data"), "--config.file=" + config)
            .ready();
    Await.until(
        "each target was scraped four times",
        SOON,
        () ->
            narthex
                    .http()
                    .query("count(count_over_time(up{job=~\"plain|client\"}[2m]) >= 4)")
                    .path(0)
                    .path("value")
                    .path(1)
                    .asInt()
                == expectedTargets());
  }

  private static int expectedTargets() {
    int count = 2;
    for (String path : BadTargets.paths()) {
      count += path.isEmpty() ? 0 : 1;
    }
    return 2 * count;
  }

  @AfterAll
  static void stop() throws IOException {
    if (narthex != null) {
      narthex.close();
    }
    if (targets != null) {
      targets.close();
    }
  }

  /** HOST stands for the server's address, ADDRESS for any. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chunk-cut | unexpected EOF",
        "chunk-garbage | invalid byte in chunk length",
        "closes | Get \"http://HOST/closes\": EOF",
        "endless | body size limit exceeded",
        "garbage | Get \"http://HOST/garbage\": net/http: HTTP/1.x transport connection broken: malformed HTTP response \"garbage\"",
        "good | ``",
        "good-chunked | ``",
        "good-until-close | ``",
        "gzip-bomb | body size limit exceeded",
        "gzip-broken | gzip: invalid header",
        "gzip-cut | unexpected EOF",
        "half-closing | unexpected EOF",
        "hanging | Get \"http://HOST/hanging\": context deadline exceeded",
        "hanging-body | context deadline exceeded",
        "http-1-0 | ``",
        "length-negative | Get \"http://HOST/length-negative\": net/http: HTTP/1.x transport connection broken: bad Content-Length \"-7\"",
        "length-too-long | unexpected EOF",
        "line-of-10-mb | ``",
        "no-type | non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target",
        "redirect | ``",
        "redirect-loop | Get \"/redirect-loop\": stopped after 10 redirects",
        "refused | Get \"http://127.0.0.1:1/metrics\": dial tcp 127.0.0.1:1: connect: connection refused",
        "resets | Get \"http://HOST/resets\": read tcp ADDRESS->HOST: read: connection reset by peer",
        "slow-body | context deadline exceeded",
        "slow-head | Get \"http://HOST/slow-head\": context deadline exceeded",
        "status-204 | server returned HTTP status 204 No Content",
        "status-404 | server returned HTTP status 404 Not Found",
        "status-500 | server returned HTTP status 500 Internal Server Error",
        "unknown | Get \"http://no-such-host.invalid:80/metrics\": dial tcp: lookup no-such-host.invalid: no such host",
      })
  void saysWhatIsWrongInUpstreamsWords(String path, String error) throws Exception {
    String expected =
        error.equals("``") ? "" : error.replace("HOST", "127.0.0.1:" + targets.port());
    Map<String, String> errors = new TreeMap<>();
    for (JsonNode target :
        narthex.http().json("/api/v1/targets").path("data").path("activeTargets")) {
      if (target.path("labels").path("path").asText().equals(path)) {
        String said =
            target.path("lastError").asText().replaceAll("tcp 127.0.0.1:\\d+->", "tcp ADDRESS->");
        errors.put(target.path("labels").path("job").asText(), said);
      }
    }
    assertThat(errors).isEqualTo(Map.of("plain", expected, "client", expected));
  }

  @Test
  void whatCannotBeParsedIsToldWithItsPlace() throws Exception {
    for (JsonNode target :
        narthex.http().json("/api/v1/targets").path("data").path("activeTargets")) {
      switch (target.path("labels").path("path").asText()) {
        case "parse-error", "length-too-short", "invalid-utf8" ->
            assertThat(target.path("lastError").asText()).contains("line ");
        default -> {}
      }
    }
  }

  /**
   * The bad ones hurt only themselves: the good one is scraped each time, and memory is bounded.
   */
  @Test
  void goodTargetsMissNothing() throws Exception {
    JsonNode durations =
        narthex.http().query("scrape_duration_seconds{path=~\"good|good-chunked\"}[2m]");
    assertThat(durations.size()).isEqualTo(4);
    for (JsonNode target : durations) {
      List<Double> seconds = new ArrayList<>();
      target.path("values").forEach(sample -> seconds.add(sample.path(1).asDouble()));
      seconds.sort(null);
      // Not the longest: a busy machine is slow now and then, a target that is in the way always.
      assertThat(seconds.get(seconds.size() / 2)).as("median of %s", seconds).isLessThan(1.5);
    }
    assertThat(
            narthex
                .http()
                .query("min_over_time(up{path=~\"good|good-chunked|redirect\"}[2m]) < 1")
                .size())
        .isZero();
    String status = Files.readString(Path.of("/proc/%d/status".formatted(narthex.pid())));
    long peakKilobytes = Long.parseLong(status.replaceAll("(?s).*VmHWM:\\s+(\\d+) kB.*", "$1"));
    assertThat(peakKilobytes).as("peak RSS").isLessThan(700_000);
  }
}
