package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;

/** The bundles of the product together in a real framework. */
@ExtendWith(NarthexFramework.class)
class ProductIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void allBundlesAreActive(NarthexFramework narthex) {
    for (Bundle bundle : narthex.context().getBundles()) {
      if (bundle.getHeaders("").get("Fragment-Host") == null) {
        assertThat(bundle.getState()).as(bundle.getSymbolicName()).isEqualTo(Bundle.ACTIVE);
      }
    }
  }

  @Test
  void theServicesOfTheMainPathAreThere(NarthexFramework narthex) throws Exception {
    // By name: the test's own copies of these types are other classes than the framework's.
    for (Class<?> service : List.of(QueryEngine.class, Storage.class)) {
      assertThat(narthex.context().getAllServiceReferences(service.getName(), null))
          .as(service.getName())
          .isNotNull();
    }
  }

  @Test
  void whatIsScrapedCanBeQueried(NarthexFramework narthex) {
    Await.until(
        "up of the server itself",
        SOON,
        () -> narthex.http().query("up{job=\"self\"}"),
        result -> result.size() == 1 && result.get(0).path("value").path(1).asText().equals("1"));
    Await.until(
        "a rate by job",
        SOON,
        () -> narthex.http().query("sum by (job) (rate(process_cpu_seconds_total[30s]))"),
        result ->
            result.size() == 1
                && result.get(0).path("metric").toString().equals("{\"job\":\"self\"}"));
  }

  @Test
  void scrapingGoesOnWithoutAGapWhilePromqlIsStopped(NarthexFramework narthex) throws Exception {
    Await.until(
        "samples",
        SOON,
        () -> narthex.http().query("count_over_time(up{job=\"self\"}[30s])").size() == 1);
    double before = System.currentTimeMillis() / 1000.0;
    Bundle promql = narthex.bundleNamed("io.narthex.promql");
    promql.stop();
    Await.until("503", SOON, () -> narthex.http().status("/api/v1/query?query=up") == 503);
    assertThat(narthex.http().get("/api/v1/query?query=up").body())
        .contains("\"errorType\":\"unavailable\"");
    assertThat(narthex.http().get("/-/ready"))
        .satisfies(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(503);
              assertThat(answer.body()).contains("promql: not there");
            });
    // Three more scrapes, counted by the scraped server itself, not by time.
    double scrapes = ownScrapes(narthex);
    Await.until(
        "three scrapes while promql is stopped", SOON, () -> ownScrapes(narthex) >= scrapes + 3);
    promql.start();
    Await.until(
        "answers again", SOON, () -> narthex.http().status("/api/v1/query?query=up") == 200);
    double after = System.currentTimeMillis() / 1000.0;

    List<Double> times = scrapeTimes(narthex, before - 5, after);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).as("from scrape to scrape").isLessThan(2.0);
    }
    assertThat(times.getLast()).isGreaterThan(after - 3);
  }

  @Test
  void aStoppedApiAnswers503AndTheSocketStaysOpen(NarthexFramework narthex) throws Exception {
    Bundle api = narthex.bundleNamed("io.narthex.http.api");
    api.stop();
    Await.until("503", SOON, () -> narthex.http().status("/api/v1/query?query=up") == 503);
    assertThat(narthex.http().get("/api/v1/query?query=up").body())
        .isEqualTo(
            "Service Unavailable\nnothing answers at /api/v1 now: bundle io.narthex.http.api is not active\n");
    assertThat(narthex.http().status("/-/healthy")).isEqualTo(200);
    api.start();
    Await.until(
        "answers again", SOON, () -> narthex.http().status("/api/v1/query?query=up") == 200);
  }

  @Test
  void theStorageMayComeAndGoUnderTheScrapeLoops(NarthexFramework narthex) throws Exception {
    Bundle storage = narthex.bundleNamed("io.narthex.storage");
    storage.stop();
    Await.until("not ready", SOON, () -> narthex.http().status("/-/ready") == 503);
    storage.start();
    Await.until("ready", SOON, () -> narthex.http().status("/-/ready") == 200);
    double restarted = System.currentTimeMillis() / 1000.0;
    Await.until(
        "a scrape after the restart",
        SOON,
        () -> narthex.http().query("timestamp(up{job=\"self\"})"),
        result -> result.size() == 1 && result.get(0).path("value").path(1).asDouble() > restarted);
  }

  @Test
  void restartingAnyCoreBundleEndsReadyWithNewSamples(NarthexFramework narthex) throws Exception {
    for (String name :
        List.of(
            "io.narthex.config",
            "io.narthex.discovery.core",
            "io.narthex.scrape",
            "io.narthex.exporter.host",
            "io.narthex.ui")) {
      Bundle bundle = narthex.bundleNamed(name);
      bundle.stop();
      bundle.start();
      Await.until("ready after " + name, SOON, () -> narthex.http().status("/-/ready") == 200);
      double restarted = System.currentTimeMillis() / 1000.0;
      Await.until(
          "a scrape after the restart of " + name,
          SOON,
          () -> narthex.http().query("timestamp(up{job=\"self\"})"),
          result ->
              result.size() == 1 && result.get(0).path("value").path(1).asDouble() > restarted);
    }
  }

  @Test
  void listsItsBundlesAndWhatTheyContribute(NarthexFramework narthex) throws Exception {
    JsonNode storage = null;
    for (JsonNode bundle : narthex.http().json("/api/v1/bundles").path("data")) {
      if (bundle.path("name").asText().equals("io.narthex.storage")) {
        storage = bundle;
      }
    }
    assertThat(storage).isNotNull();
    assertThat(storage.path("state").asText()).isEqualTo("active");
    assertThat(storage.path("updateClass").asText()).isEqualTo("core");
    assertThat(storage.path("contributes").toString())
        .contains("{\"kind\":\"part\",\"name\":\"storage\"}");
  }

  @Test
  void stopsAndStartsABundleByTheApi(NarthexFramework narthex) throws Exception {
    String ui = "/api/v1/bundles/io.narthex.ui/";
    assertThat(narthex.http().send("POST", ui + "stop").statusCode()).isEqualTo(200);
    assertThat(narthex.bundleNamed("io.narthex.ui").getState()).isEqualTo(Bundle.RESOLVED);
    assertThat(narthex.http().send("POST", ui + "start").statusCode()).isEqualTo(200);
    assertThat(narthex.bundleNamed("io.narthex.ui").getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(
            narthex.http().send("POST", ui + "stop", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(narthex.http().send("POST", "/api/v1/bundles/io.narthex.runtime/stop").statusCode())
        .isEqualTo(409);
    assertThat(narthex.http().send("POST", "/api/v1/bundles/nobody/stop").statusCode())
        .isEqualTo(404);
  }

  @Test
  void setsTheLogLevelOfABundleWhileItRuns(NarthexFramework narthex) throws Exception {
    String path = "/api/v1/bundles/io.narthex.scrape/log-level?level=";
    assertThat(narthex.http().send("PUT", path + "debug").statusCode()).isEqualTo(200);
    assertThat(narthex.logLevels()).containsEntry("io.narthex.scrape.internal", "DEBUG");
    assertThat(narthex.http().send("PUT", path + "default").statusCode()).isEqualTo(200);
    assertThat(narthex.logLevels()).containsEntry("io.narthex.scrape.internal", "");
    assertThat(narthex.http().send("PUT", path + "loud").statusCode()).isEqualTo(400);
  }

  private static double ownScrapes(NarthexFramework narthex) throws Exception {
    return narthex
        .http()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("prometheus_tsdb_head_samples_appended_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static List<Double> scrapeTimes(NarthexFramework narthex, double from, double to)
      throws Exception {
    JsonNode result =
        narthex.http().query("up{job=\"self\"}[%ds]".formatted((int) (to - from) + 1));
    List<Double> times = new ArrayList<>();
    for (JsonNode value : result.get(0).path("values")) {
      times.add(value.get(0).asDouble());
    }
    return times;
  }
}
