package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The configuration is read anew while the server runs, by all ways there are. */
class ReloadIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private BadTargets targets;
  private Path folder;
  private NarthexProcess narthex;

  @BeforeEach
  void start() throws IOException {
    targets = new BadTargets();
    folder = Product.emptyFolder("reload");
    configure("", "1s");
  }

  @AfterEach
  void stop() throws IOException {
    if (narthex != null) {
      narthex.close();
    }
    targets.close();
  }

  @Test
  void byRequestWhereThatIsAllowed() throws Exception {
    narthex = narthex("--web.enable-lifecycle");
    assertThat(narthex.http().get("/-/reload").statusCode()).isEqualTo(405);
    configure("extra", "1s");
    assertThat(narthex.http().send("POST", "/-/reload").statusCode()).isEqualTo(200);
    awaitUp("extra");
    assertThat(shownConfiguration()).contains("job_name: extra");
    assertThat(runtime("reloadConfigSuccess")).isEqualTo("true");

    Files.writeString(config(), "scrape_configs:\n- job_nam: x\n");
    HttpResponse<String> refused = narthex.http().send("POST", "/-/reload");
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.body())
        .contains("failed to reload config")
        .contains("prometheus.yml:2:3: unknown key \"job_nam\"")
        .contains("Did you mean \"job_name\"?");
    assertThat(shownConfiguration()).contains("job_name: extra");
    assertThat(runtime("reloadConfigSuccess")).isEqualTo("false");
    assertThat(narthex.http().get("/metrics").body())
        .contains("prometheus_config_last_reload_successful 0.0");
    assertThat(narthex.http().json("/api/v1/notifications").path("data").toString())
        .contains("Configuration reload has failed.");
    awaitUp("extra");

    configure("", "1s");
    assertThat(narthex.http().send("PUT", "/-/reload").statusCode()).isEqualTo(200);
    Await.until("it is gone", SOON, () -> narthex.http().query("up{job=\"extra\"}").isEmpty());
    assertThat(runtime("reloadConfigSuccess")).isEqualTo("true");
    assertThat(narthex.http().json("/api/v1/notifications").path("data").size()).isZero();
  }

  @Test
  void notByRequestUnlessItIsAllowed() throws Exception {
    narthex = narthex();
    HttpResponse<String> refused = narthex.http().send("POST", "/-/reload");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).isEqualTo("Lifecycle API is not enabled.");
  }

  @Test
  void bySignal() throws Exception {
    narthex = narthex();
    configure("extra", "1s");
    new ProcessBuilder("kill", "-HUP", Long.toString(narthex.pid())).start().waitFor();
    awaitUp("extra");
  }

  @Test
  void byItselfWhenAFileChanges() throws Exception {
    Files.writeString(folder.resolve("jobs.yml"), "scrape_configs: []\n");
    narthex = narthex("--config.auto-reload", "--config.auto-reload-interval=1s");
    Files.writeString(folder.resolve("jobs.yml"), "scrape_configs:\n" + job("extra", "1s"));
    awaitUp("extra");
  }

  /** Twenty reloads, each of which changes the other job. */
  @Test
  void leavesUnchangedTargetsAlone() throws Exception {
    narthex = narthex("--web.enable-lifecycle");
    awaitUp("steady");
    for (int i = 0; i < 20; i++) {
      configure("extra", i % 2 == 0 ? "2s" : "1s");
      assertThat(narthex.http().send("POST", "/-/reload").statusCode()).isEqualTo(200);
      awaitConfigured("extra", i % 2 == 0 ? "2s" : "1s");
    }
    Await.until(
        "some scrapes",
        SOON,
        () -> narthex.http().query("count_over_time(up{job=\"steady\"}[1m]) >= 8").size() == 1);
    for (String job : new String[] {"steady", "extra"}) {
      JsonNode samples =
          narthex.http().query("good{job=\"%s\"}[1m]".formatted(job)).path(0).path("values");
      for (int i = 1; i < samples.size(); i++) {
        double gap = samples.path(i).path(0).asDouble() - samples.path(i - 1).path(0).asDouble();
        assertThat(gap).as("gap of %s", job).isLessThan(job.equals("steady") ? 1.9 : 3.9);
      }
    }
  }

  private NarthexProcess narthex(String... flags) throws IOException {
    String[] all = new String[flags.length + 1];
    all[0] = "--config.file=" + config();
    System.arraycopy(flags, 0, all, 1, flags.length);
    return NarthexProcess.start(folder.resolve("data"), all).ready();
  }

  private Path config() {
    return folder.resolve("prometheus.yml");
  }

  private void configure(String extra, String interval) throws IOException {
    Path temporary = folder.resolve("prometheus.yml.tmp");
    Files.writeString(
        temporary,
        "scrape_config_files: ['jobs*.yml']\nscrape_configs:\n"
            + job("steady", "1s")
            + (extra.isEmpty() ? "" : job(extra, interval)));
    Files.move(temporary, config(), StandardCopyOption.REPLACE_EXISTING);
  }

  private String job(String name, String interval) {
    return """
        - job_name: %s
          metrics_path: /good
          scrape_interval: %s
          scrape_timeout: 1s
          static_configs: [{targets: ['127.0.0.1:%d']}]
        """
        .formatted(name, interval, targets.port());
  }

  private void awaitUp(String job) {
    Await.until(
        job + " is up",
        SOON,
        () -> narthex.http().query("up{job=\"%s\"} == 1".formatted(job)).size() == 1);
  }

  private void awaitConfigured(String job, String interval) {
    Await.until(
        "%s every %s".formatted(job, interval),
        SOON,
        () -> {
          for (JsonNode target :
              narthex.http().json("/api/v1/targets").path("data").path("activeTargets")) {
            if (target.path("scrapePool").asText().equals(job)) {
              return target.path("scrapeInterval").asText();
            }
          }
          return "no such target";
        },
        interval::equals);
  }

  private String shownConfiguration() throws IOException {
    return narthex.http().json("/api/v1/status/config").path("data").path("yaml").asText();
  }

  private String runtime(String key) throws IOException {
    return narthex.http().json("/api/v1/status/runtimeinfo").path("data").path(key).asText();
  }
}
