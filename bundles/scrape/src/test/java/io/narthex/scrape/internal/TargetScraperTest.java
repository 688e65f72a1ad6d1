package io.narthex.scrape.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.target.TargetHealth;
import io.narthex.api.target.TargetPool;
import io.narthex.scrape.internal.Fakes.FakeFlags;
import io.narthex.scrape.internal.Fakes.FakeOwnership;
import io.narthex.scrape.internal.Fakes.FakeRegistry;
import io.narthex.scrape.internal.Fakes.FakeScope;
import io.narthex.scrape.internal.Fakes.SystemClock;
import io.narthex.scrape.internal.loop.FakeStorage;
import io.narthex.scrape.internal.loop.Targets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole bundle over real HTTP and real time, with stand-ins for what the runtime and storage
 * give.
 */
class TargetScraperTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final FakeRegistry registry = new FakeRegistry();
  private final FakeOwnership ownership = new FakeOwnership();
  private final FakeScope scope = new FakeScope();
  private final FakeStorage storage = new FakeStorage();
  private HttpServer server;
  private TargetScraper scraper;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = "a 1\n".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    scraper =
        new TargetScraper(
            registry,
            ownership,
            rules -> {
              throw new AssertionError("there are no rules to compile");
            },
            new SystemClock(),
            new FakeFlags(),
            scope);
  }

  @AfterEach
  void stop() throws Exception {
    scraper.deactivate();
    scope.close();
    server.stop(0);
  }

  @Test
  void scrapesThePublishedTargets() {
    scraper.bindStorage(storage);
    registry.publish("config", pools(List.of(target())));

    await(() -> storage.commits() >= 3);

    assertThat(storage.series()).hasSize(6);
    assertThat(only().health()).isEqualTo(TargetHealth.UP);
    assertThat(scope.metrics.value("prometheus_target_scrape_pool_targets{j}")).isEqualTo(1);
    assertThat(scraper.part()).isEqualTo("scrape");
    assertThat(scraper.notReady()).isEmpty();
  }

  @Test
  void goesOnWhenStorageComesAndGoes() {
    registry.publish("config", pools(List.of(target())));
    assertThat(scraper.notReady()).contains("there is no storage, so nothing is scraped");
    await(() -> scope.metrics.value("narthex_scrapes_dropped_total{no_storage}") >= 1);

    scraper.bindStorage(storage);
    await(() -> storage.commits() >= 1);
    storage.stop();
    scraper.unbindStorage(storage);
    await(() -> storage.openAppenders() == 0);

    FakeStorage next = new FakeStorage();
    scraper.bindStorage(next);
    await(() -> next.commits() >= 1);
    assertThat(next.series()).hasSize(6);
  }

  @Test
  void aNewStorageThatComesBeforeTheOldOneGoesIsKept() {
    FakeStorage next = new FakeStorage();
    scraper.bindStorage(storage);
    scraper.bindStorage(next);
    scraper.unbindStorage(storage);

    assertThat(scraper.notReady()).isEmpty();
  }

  @Test
  void anEqualTargetKeepsItsLoop() {
    scraper.bindStorage(storage);
    registry.publish("config", pools(List.of(target())));
    await(() -> only().health() == TargetHealth.UP);

    registry.publish("config", pools(List.of(target())));

    assertThat(only().health()).isEqualTo(TargetHealth.UP);
    assertThat(storage.sources()).hasSize(1);
  }

  @Test
  void aTargetUnderOtherTermsKeepsItsLoopAndSeries() {
    scraper.bindStorage(storage);
    registry.publish("config", pools(List.of(target())));
    await(() -> storage.commits() >= 2);
    Target slower = Targets.http(target().endpoint().toString(), Duration.ofMillis(150), INTERVAL);

    registry.publish("config", pools(List.of(slower)));

    assertThat(only().target()).isEqualTo(slower);
    int commits = storage.commits();
    await(() -> storage.commits() >= commits + 2);
    assertThat(storage.sources()).hasSize(1);
    assertThat(samples("a")).doesNotContain("stale");
  }

  @Test
  void aPoolThatIsRefusedIsDownWithTheReason() {
    scraper.bindStorage(storage);
    registry.publish(
        "config",
        List.of(new TargetPool("j", List.of(target()), List.of(), 0, "too many targets")));

    await(() -> only().lastError().equals("too many targets"));
    await(() -> samples("up").contains("=0"));
    registry.publish("config", pools(List.of(target())));
    await(() -> only().health() == TargetHealth.UP);
  }

  @Test
  void whatNeedsMoreThanPlainHttpWaitsForTheClient() {
    scraper.bindStorage(storage);
    Target secure = Targets.http("https://127.0.0.1:1/metrics", INTERVAL, INTERVAL);
    registry.publish("config", pools(List.of(secure)));
    await(
        () ->
            only()
                .lastError()
                .equals(
                    "this target needs more than plain HTTP, and the HTTP client is not there"));

    FakeHttpClients clients = new FakeHttpClients("a 7\n");
    scraper.bindHttpClients(clients);
    await(() -> samples("a").contains("=7"));
    scraper.unbindHttpClients(clients);
    assertThat(clients.open()).isZero();
  }

  @Test
  void theSeriesOfARemovedTargetEnd() {
    scraper.bindStorage(storage);
    registry.publish("config", pools(List.of(target())));
    await(() -> storage.commits() >= 2);

    registry.publish("config", pools(List.of()));

    assertThat(scraper.list()).isEmpty();
    assertThat(scope.metrics.value("prometheus_target_scrape_pool_targets{j}")).isZero();
    await(() -> samples("a").endsWith("=stale") && samples("up").endsWith("=stale"));
    await(() -> storage.openAppenders() == 0);
  }

  @Test
  void aTargetThatAnotherProcessOwnsIsNotScraped() {
    scraper.bindStorage(storage);
    ownership.owns = false;
    registry.publish("config", pools(List.of(target())));
    assertThat(scraper.list()).isEmpty();

    ownership.change(true);
    await(() -> only().health() == TargetHealth.UP);
    ownership.change(false);

    assertThat(scraper.list()).isEmpty();
    await(() -> storage.openAppenders() == 0);
    assertThat(samples("a")).isNotEmpty().doesNotContain("stale");
    assertThat(samples("up")).doesNotContain("stale");
  }

  @Test
  void stoppingWritesNoMarkers() {
    scraper.bindStorage(storage);
    registry.publish("config", pools(List.of(target())));
    await(() -> only().health() == TargetHealth.UP);

    scraper.deactivate();
    int commits = storage.commits();
    registry.publish("config", pools(List.of()));

    assertThat(storage.openAppenders()).isZero();
    assertThat(samples("a")).isNotEmpty().doesNotContain("stale");
    assertThat(samples("up")).doesNotContain("stale");
    assertThat(storage.commits()).isEqualTo(commits);
  }

  @Test
  void exportersInsideTheProcessAreScrapedWhenTheirHostIsThere() {
    scraper.bindStorage(storage);
    Labels labels = Labels.of("job", "j", "instance", "i");
    registry.publish(
        "exporters",
        pools(
            List.of(
                new Target(
                    "j",
                    labels,
                    labels,
                    new TargetEndpoint.InProcess("x"),
                    INTERVAL,
                    INTERVAL,
                    ScrapeOptions.DEFAULT))));
    await(() -> only().lastError().equals("the exporter host is not there"));

    scraper.bindExporters(
        (name, limit) ->
            CompletableFuture.completedFuture(
                (name + "_metric 7\n").getBytes(StandardCharsets.UTF_8)));

    await(() -> only().health() == TargetHealth.UP);
    assertThat(samples("x_metric")).contains("=7");
  }

  @Test
  void targetsAreListedByPoolAndLabels() {
    Target a = named("a", "1");
    Target b = named("b", "1");
    Target b2 = named("b", "2");
    registry.publish("config", pools(List.of(b2, b, a)));

    assertThat(scraper.list()).extracting(ScrapedTarget::target).containsExactly(a, b, b2);
  }

  private Target target() {
    return Targets.http(
        "http://127.0.0.1:%d/metrics".formatted(server.getAddress().getPort()), INTERVAL, INTERVAL);
  }

  private static List<TargetPool> pools(List<Target> targets) {
    return targets.isEmpty() ? List.of() : List.of(TargetPool.of("j", targets));
  }

  private static Target named(String pool, String instance) {
    Labels labels = Labels.of("job", pool, "instance", instance);
    return new Target(
        pool,
        labels,
        labels,
        new TargetEndpoint.InProcess("x"),
        Duration.ofHours(1),
        INTERVAL,
        ScrapeOptions.DEFAULT);
  }

  private ScrapedTarget only() {
    assertThat(scraper.list()).hasSize(1);
    return scraper.list().getFirst();
  }

  private String samples(String name) {
    return storage.samples("__name__", name, "job", "j", "instance", "i");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(deadline);
      Thread.onSpinWait();
      Thread.yield();
    }
  }
}
