package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles dropped into the running product. */
@ExtendWith(NarthexFramework.class)
class DropInIT {
  /** What the README promises for a drop-in. */
  private static final Duration PROMISED = Duration.ofSeconds(3);

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String EXPORTER = "io.narthex.spi.exporter.Exporter";

  private Path folder;

  @BeforeEach
  void findTheFolder(NarthexFramework narthex) {
    folder = narthex.deployFolder();
  }

  @AfterEach
  void emptyTheFolder(NarthexFramework narthex) throws Exception {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Await.until("no drop-in is left", SOON, () -> dropIns(narthex).isEmpty());
  }

  @Test
  void theExampleExporterIsATargetWithItsSeriesSoonAfterItWasDropped(NarthexFramework narthex)
      throws Exception {
    Path jar = folder.resolve("example.jar");
    Files.copy(Product.exampleExporter(), folder.resolve("example.tmp"));
    Files.move(folder.resolve("example.tmp"), jar, StandardCopyOption.ATOMIC_MOVE);
    Await.until(
        "up of the example",
        PROMISED,
        () -> narthex.http().query("up{job=\"example\"}"),
        result -> result.size() == 1 && result.get(0).path("value").path(1).asText().equals("1"));
    assertThat(
            narthex.http().query("count({job=\"example\"})").get(0).path("value").path(1).asInt())
        .as("series of the example, its own and the scrape's")
        .isGreaterThan(6);
    assertThat(narthex.http().get("/exporters/example/metrics").body()).contains("# TYPE example_");

    Files.delete(jar);
    Await.until(
        "no target any more", SOON, () -> narthex.http().query("up{job=\"example\"}").isEmpty());
    Await.until(
        "no routes any more",
        SOON,
        () -> narthex.http().status("/exporters/example/metrics") == 404);
  }

  @Test
  void aReplacedJarIsTheNewVersion(NarthexFramework narthex) throws Exception {
    gauge("v", 1).writeTo(folder.resolve("gauge.jar"));
    Await.until("the first version", SOON, () -> gaugeValue(narthex).equals("1"));
    gauge("v", 2).header("Bundle-Version", "1.0.1").writeTo(folder.resolve("gauge.jar"));
    Await.until("the second version", SOON, () -> gaugeValue(narthex).equals("2"));
    assertThat(dropIns(narthex)).hasSize(1);
    assertThat(dropIns(narthex).get("gauge.jar").path("version").asText()).isEqualTo("1.0.1");
  }

  /** The framework lets go of a version on a thread of its own: the next must not collide. */
  @Test
  void aJarReplacedAgainAndAgainIsTheNewestEachTime(NarthexFramework narthex) throws Exception {
    for (int version = 1; version <= 12; version++) {
      gauge("v", version)
          .header("Bundle-Version", "1.0." + version)
          .writeTo(folder.resolve("gauge.jar"));
      String expected = Integer.toString(version);
      Await.until(
          "version " + expected, SOON, () -> gaugeValue(narthex), value -> value.equals(expected));
    }
    assertThat(dropIns(narthex).get("gauge.jar").has("problem")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.missing, com.acme.missing",
    "sun.misc, sun.misc",
    "sun.nio.ch, sun.nio.ch",
    "net.openhft.chronicle.queue, net.openhft.chronicle.queue",
    "com.fasterxml.jackson.databind, com.fasterxml.jackson.databind",
    "io.netty.buffer, io.netty.buffer",
    "com.google.re2j, com.google.re2j",
    "org.yaml.snakeyaml, org.yaml.snakeyaml"
  })
  void whatADropInMayNotSeeDoesNotResolveAndTheReasonIsSaid(
      String imported, String named, NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.nosy")
        .header("Import-Package", imported)
        .writeTo(folder.resolve("nosy.jar"));
    JsonNode nosy = problem(narthex, "nosy.jar");
    assertThat(nosy.path("state").asText()).isEqualTo("unresolved");
    assertThat(nosy.path("problem").asText())
        .isEqualTo("it needs package %s, which no bundle offers to drop-ins".formatted(named));
    assertThat(narthex.http().get("/metrics").body())
        .contains("narthex_drop_ins{state=\"failed\"} 1.0");
    assertThat(narthex.http().status("/-/ready")).isEqualTo(200);
  }

  @Test
  void aDropInCannotNameTheMandatoryAttributeEither(NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.thief")
        .header("Import-Package", "sun.misc;narthex.internals=true")
        .writeTo(folder.resolve("thief.jar"));
    assertThat(problem(narthex, "thief.jar").path("state").asText()).isEqualTo("unresolved");
  }

  @Test
  void aDropInCannotTakeAWholeBundle(NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.requires")
        .header("Require-Bundle", "io.narthex.lib.chronicle")
        .writeTo(folder.resolve("requires.jar"));
    assertThat(problem(narthex, "requires.jar").path("problem").asText())
        .isEqualTo("it needs bundle io.narthex.lib.chronicle, which no bundle offers to drop-ins");
  }

  @Test
  void whatItMaySeeResolves(NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.modest")
        .header(
            "Import-Package",
            "javax.net.ssl,java.net.http,io.narthex.api.model,io.narthex.spi.exporter,io.narthex.spi.http,"
                + "org.slf4j,org.osgi.framework,org.osgi.service.component,io.vertx.core,io.vertx.ext.web")
        .writeTo(folder.resolve("modest.jar"));
    Await.until(
        "it runs",
        SOON,
        () -> dropIns(narthex),
        all ->
            all.containsKey("modest.jar")
                && all.get("modest.jar").path("state").asText().equals("active"));
  }

  @Test
  void oneThatLackedAnotherStartsWhenThatComes(NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.user")
        .header("Import-Package", "acme.library")
        .writeTo(folder.resolve("a-user.jar"));
    problem(narthex, "a-user.jar");
    DropInJar.named("acme.library")
        .header("Export-Package", "acme.library")
        .writeTo(folder.resolve("b-library.jar"));
    Await.until(
        "it runs",
        SOON,
        () -> dropIns(narthex).get("a-user.jar"),
        user -> user.path("state").asText().equals("active") && !user.has("problem"));
  }

  @Test
  void aRenamedJarRunsUnderItsNewName(NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.named").writeTo(folder.resolve("b.jar"));
    Await.until("it runs", SOON, () -> runs(narthex, "b.jar"));
    Files.move(folder.resolve("b.jar"), folder.resolve("a.jar"));
    Await.until("it runs again", SOON, () -> runs(narthex, "a.jar"));
  }

  @Test
  void aSecondJarOfOneBundleTakesOverWhenTheFirstGoes(NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.twice").writeTo(folder.resolve("first.jar"));
    Await.until("the first runs", SOON, () -> runs(narthex, "first.jar"));
    DropInJar.named("acme.twice").writeTo(folder.resolve("second.jar"));
    assertThat(problem(narthex, "second.jar").path("problem").asText())
        .startsWith("another bundle of this name and version is installed: ");
    Files.delete(folder.resolve("first.jar"));
    Await.until("the second runs", SOON, () -> runs(narthex, "second.jar"));
  }

  @Test
  void anExtensionOfTheFrameworkIsRefused(NarthexFramework narthex) throws Exception {
    DropInJar.named("acme.extension")
        .header("Fragment-Host", "system.bundle; extension:=framework")
        .writeTo(folder.resolve("extension.jar"));
    assertThat(problem(narthex, "extension.jar").path("problem").asText())
        .isEqualTo("it is an extension of the framework, which drop-ins may not be");
  }

  @Test
  void aFileThatIsNoJarIsReported(NarthexFramework narthex) throws Exception {
    Files.writeString(folder.resolve("text.jar"), "hello");
    assertThat(problem(narthex, "text.jar").path("problem").asText())
        .startsWith("the file is no bundle: ");
  }

  @Test
  void anExporterThatFailsIsATargetThatIsDown(NarthexFramework narthex) throws Exception {
    exporter(
            "acme.failing", "failing", "throw new IllegalStateException(\"the database is away\");")
        .writeTo(folder.resolve("failing.jar"));
    Await.until(
        "down",
        SOON,
        () -> narthex.http().query("up{job=\"failing\"}"),
        result -> result.size() == 1 && result.get(0).path("value").path(1).asText().equals("0"));
    JsonNode targets = narthex.http().json("/api/v1/targets").path("data").path("activeTargets");
    assertThat(targets.toString()).contains("the database is away");
  }

  @Test
  void anExporterWhoseConstructorThrowsSaysSo(NarthexFramework narthex) throws Exception {
    String source =
        """
        package acme;
        public class It implements io.narthex.spi.exporter.Exporter {
          public It() { throw new IllegalStateException("no config for files"); }
          public void collect(io.narthex.spi.exporter.MetricSink sink) {}
        }
        """;
    DropInJar.named("acme.broken")
        .header("Import-Package", "io.narthex.spi.exporter")
        .component("acme.It", source, EXPORTER, Map.of("narthex.exporter.name", "broken"))
        .writeTo(folder.resolve("broken.jar"));
    Await.until(
        "down, with the reason",
        SOON,
        () -> narthex.http().get("/api/v1/targets").body(),
        targets ->
            targets.contains(
                "it does not activate: java.lang.IllegalStateException: no config for files"));
    assertThat(dropIns(narthex).get("broken.jar").path("problem").asText())
        .isEqualTo(
            "component acme.It does not activate: java.lang.IllegalStateException: no config for files");
  }

  @Test
  void routesWhoseProviderDoesNotActivateAreNotMountedAndCountedAsFailed(NarthexFramework narthex)
      throws Exception {
    String source =
        """
        package acme;
        public class It implements io.narthex.spi.http.RouteProvider {
          public It() { throw new IllegalStateException("no routes today"); }
          public void mount(io.vertx.ext.web.Router router) {}
        }
        """;
    DropInJar.named("acme.routes")
        .header("Import-Package", "io.narthex.spi.http,io.vertx.ext.web")
        .component(
            "acme.It",
            source,
            "io.narthex.spi.http.RouteProvider",
            Map.of("narthex.http.mount", "/acme"))
        .writeTo(folder.resolve("routes.jar"));
    assertThat(problem(narthex, "routes.jar").path("problem").asText())
        .isEqualTo(
            "component acme.It does not activate: java.lang.IllegalStateException: no routes today");
    assertThat(narthex.http().get("/metrics").body())
        .contains(
            "narthex_plugin_calls_total{bundle=\"acme.routes\",operation=\"mount\",outcome=\"failed\"} 1.0");
    assertThat(narthex.http().status("/acme")).isEqualTo(404);
  }

  @Test
  void anExporterThatNeverReturnsHoldsUpNobodyAndIsStoppedInTheEnd(NarthexFramework narthex)
      throws Exception {
    exporter(
            "acme.hanging",
            "hanging",
            "while (!Boolean.getBoolean(\"acme.release\")) { Thread.onSpinWait(); }")
        .writeTo(folder.resolve("hanging.jar"));
    Await.until(
        "down",
        SOON,
        () -> narthex.http().query("up{job=\"hanging\"}"),
        result -> result.size() == 1 && result.get(0).path("value").path(1).asText().equals("0"));
    Await.until(
        "a thread is given up",
        SOON,
        () ->
            narthex
                .http()
                .get("/metrics")
                .body()
                .lines()
                .anyMatch(line -> line.matches("narthex_plugin_stuck_threads [1-9].*")));
    double now = System.currentTimeMillis() / 1000.0;
    Await.until(
        "others are scraped meanwhile",
        SOON,
        () -> narthex.http().query("timestamp(up{job=\"self\"})"),
        result -> result.get(0).path("value").path(1).asDouble() > now + 1);
    Await.until(
        "it is stopped",
        Duration.ofSeconds(30),
        () -> dropIns(narthex).get("hanging.jar"),
        hanging -> hanging.path("state").asText().equals("stopped"));
    // What never returned would take a core from the tests after this one.
    System.setProperty("acme.release", "true");
  }

  private static boolean runs(NarthexFramework narthex, String file) throws Exception {
    JsonNode dropIn = dropIns(narthex).get(file);
    return dropIn != null && dropIn.path("state").asText().equals("active");
  }

  private static DropInJar gauge(String name, int value) throws Exception {
    return exporter(
        "acme.gauge",
        "gauge",
        "sink.family(\"%s\", io.narthex.spi.exporter.MetricType.GAUGE, \"A value.\").sample(%d);"
            .formatted(name, value));
  }

  private static DropInJar exporter(String bundle, String name, String body) throws Exception {
    String source =
        """
        package acme;
        public class It implements io.narthex.spi.exporter.Exporter {
          public void collect(io.narthex.spi.exporter.MetricSink sink) throws Exception {
            %s
          }
        }
        """
            .formatted(body);
    return DropInJar.named(bundle)
        .header("Import-Package", "io.narthex.spi.exporter")
        .component(
            "acme.It",
            source,
            EXPORTER,
            Map.of("narthex.exporter.name", name, "narthex.exporter.interval", "1s"));
  }

  private static String gaugeValue(NarthexFramework narthex) throws Exception {
    JsonNode result = narthex.http().query("v{job=\"gauge\"}");
    return result.isEmpty() ? "" : result.get(0).path("value").path(1).asText();
  }

  private static JsonNode problem(NarthexFramework narthex, String file) {
    return Await.until(
        "the problem of " + file,
        SOON,
        () -> dropIns(narthex).get(file),
        dropIn -> dropIn != null && dropIn.has("problem"));
  }

  private static Map<String, JsonNode> dropIns(NarthexFramework narthex) throws Exception {
    Map<String, JsonNode> byFile = new java.util.TreeMap<>();
    for (JsonNode bundle : narthex.http().json("/api/v1/bundles").path("data")) {
      if (bundle.has("file")) {
        byFile.put(bundle.path("file").asText(), bundle);
      }
    }
    return byFile;
  }
}
