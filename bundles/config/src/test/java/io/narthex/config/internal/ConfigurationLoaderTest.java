package io.narthex.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationCheck;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.config.internal.Fakes.FakeConfiguration;
import io.narthex.config.internal.Fakes.FakeFlags;
import io.narthex.config.internal.Fakes.FakeFramework;
import io.narthex.config.internal.Fakes.FakeNotifications;
import io.narthex.config.internal.Fakes.FakeScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;

class ConfigurationLoaderTest {
  private static final String GOOD = "scrape_configs:\n  - job_name: a\n";

  private final FakeConfiguration current = new FakeConfiguration();
  private final FakeFramework framework = new FakeFramework();
  private final FakeScope scope = new FakeScope();

  @TempDir Path folder;

  @AfterEach
  void forgetExitCode() {
    System.clearProperty(ConfigurationLoader.EXIT_CODE);
    System.clearProperty(ConfigurationLoader.EXIT_REASON);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:9090, localhost:9090",
    ":9091, localhost:9091",
    "[::]:9090, localhost:9090",
    "127.0.0.1:9092, 127.0.0.1:9092",
    "[::1]:9090, [::1]:9090",
    "host:9090, host:9090"
  })
  void withoutAFileTheServerScrapesItself(String listen, String target) {
    ConfigurationLoader loader = load("", listen);

    PrometheusConfig config = current.get().orElseThrow();
    assertThat(config.origin()).isEqualTo("(built-in)");
    assertThat(config.scrapeConfigs())
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.jobName()).isEqualTo("prometheus");
              assertThat(job.scrapeInterval()).hasSeconds(5);
              assertThat(job.staticConfigs().getFirst().targets()).containsExactly(target);
            });
    assertThat(loader.part()).isEqualTo("config");
    assertThat(loader.notReady()).isEmpty();
  }

  @Test
  void aGoodFileIsPublished() throws IOException {
    Path file = write("scrape_configs:\n  - job_name: a\n");

    ConfigurationLoader loader = load(file.toString(), ":9090");

    assertThat(current.get().orElseThrow().origin()).isEqualTo(file.toString());
    assertThat(loader.notReady()).isEmpty();
    assertThat(framework.stopped).isFalse();
    assertThat(scope.gauges).containsEntry("prometheus_config_last_reload_successful", 1.0);
    assertThat(scope.gauges)
        .containsEntry("prometheus_config_last_reload_success_timestamp_seconds", 12.345);
  }

  @Test
  void aBadFileAtTheStartStopsTheServerWithCode1() throws IOException {
    Path file = write("glob: 1\n");

    ConfigurationLoader loader = load(file.toString(), ":9090");

    assertThat(current.get()).isEmpty();
    assertThat(framework.stopped).isTrue();
    assertThat(System.getProperty(ConfigurationLoader.EXIT_CODE)).isEqualTo("1");
    assertThat(System.getProperty(ConfigurationLoader.EXIT_REASON))
        .isEqualTo(
            "the configuration has 1 error(s), the first: "
                + file
                + ":1:1: unknown key \"glob\" in the configuration");
    assertThat(loader.notReady())
        .contains(file + ":1:1: unknown key \"glob\" in the configuration");
    assertThat(scope.gauges).containsEntry("prometheus_config_last_reload_successful", 0.0);
    assertThat(current.lastAttempt().orElseThrow().isSuccessful()).isFalse();
  }

  /** Drop-ins are installed after the first load, so their mechanisms cannot be known yet. */
  @Test
  void aMechanismThatNobodyProvidesMayComeAfterTheStart() throws IOException {
    Path file = write("scrape_configs:\n- job_name: a\n  moonbase_sd_configs: [{crater: 7}]\n");

    ConfigurationLoader loader = load(file.toString(), ":9090");

    PrometheusConfig config = current.get().orElseThrow();
    assertThat(config.scrapeConfigs().getFirst().discoveryConfigs())
        .singleElement()
        .satisfies(d -> assertThat(d.mechanism()).isEqualTo("moonbase"));
    CompletableFuture<LoadAttempt> again = loader.reload();
    scope.pool.runAll();
    assertThat(again.join().problems())
        .singleElement()
        .asString()
        .contains("3:3: unknown key \"moonbase_sd_configs\"");
  }

  @Test
  void aMisspeltMechanismIsNoneThatMayCome() throws IOException {
    Path file = write("scrape_configs:\n- job_name: a\n  fille_sd_configs: [{files: [a.yml]}]\n");

    load(file.toString(), ":9090");

    assertThat(current.get()).isEmpty();
  }

  @Test
  void theRetentionOfTheFlagIsShown() throws IOException {
    load(write("scrape_configs:\n  - job_name: a\n").toString(), ":9090");

    assertThat(current.get().orElseThrow().text()).contains("retention:\n      time: 30d\n");
  }

  @Test
  void aMissingFileStopsTheServer() {
    ConfigurationLoader loader = load("nowhere/prometheus.yml", ":9090");

    assertThat(framework.stopped).isTrue();
    assertThat(loader.notReady())
        .contains(
            "cannot read the configuration file nowhere/prometheus.yml (--config.file): there is no"
                + " such file");
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(load(folder.toString(), ":9090").notReady().orElseThrow())
        .endsWith("it is a directory");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("x.yml"), new byte[] {'a', (byte) 0xff});

    assertThat(load(file.toString(), ":9090").notReady().orElseThrow())
        .endsWith("it is not UTF-8 text");
  }

  @Test
  void aBadFileOnUpdateOfTheBundleLeavesTheConfigurationInForce() throws IOException {
    load("", ":9090");
    Path file = write("glob: 1\n");

    ConfigurationLoader loader = load(file.toString(), ":9090");

    assertThat(current.get().orElseThrow().origin()).isEqualTo("(built-in)");
    assertThat(framework.stopped).isFalse();
    assertThat(loader.notReady()).isEmpty();
  }

  @Test
  void whatACheckFindsAtTheStartStopsTheServer() throws IOException {
    Path file = write(GOOD);

    start(loader(file.toString(), ":9090"), config -> List.of("r.yml:1:2: bad"));

    assertThat(current.get()).isEmpty();
    assertThat(framework.stopped).isTrue();
    assertThat(System.getProperty(ConfigurationLoader.EXIT_CODE)).isEqualTo("1");
    assertThat(current.lastAttempt().orElseThrow().problems()).containsExactly("r.yml:1:2: bad");
  }

  @Test
  void aCheckMayComeAfterTheFirstLoadAndStopsAServerThatStillStarts() throws IOException {
    ConfigurationLoader loader = load(write(GOOD).toString(), ":9090");
    List<PrometheusConfig> asked = new ArrayList<>();

    loader.bindCheck(
        config -> {
          asked.add(config);
          return List.of();
        });
    assertThat(asked).containsExactly(current.get().orElseThrow());
    assertThat(framework.stopped).isFalse();

    loader.bindCheck(config -> List.of("r.yml:1:2: bad", "r.yml:3:4: worse"));
    assertThat(framework.stopped).isTrue();
    assertThat(System.getProperty(ConfigurationLoader.EXIT_CODE)).isEqualTo("1");
    assertThat(System.getProperty(ConfigurationLoader.EXIT_REASON))
        .isEqualTo("the configuration has 2 error(s), the first: r.yml:1:2: bad");
    assertThat(current.lastAttempt().orElseThrow().problems())
        .containsExactly("r.yml:1:2: bad", "r.yml:3:4: worse");
  }

  @Test
  void aCheckThatComesToARunningServerOnlyTells() throws IOException {
    ConfigurationLoader loader = load(write(GOOD).toString(), ":9090");
    framework.state = Bundle.ACTIVE;
    FakeNotifications notifications = new FakeNotifications();
    loader.bindNotifications(notifications);

    loader.bindCheck(config -> List.of("r.yml:1:2: bad"));

    assertThat(framework.stopped).isFalse();
    assertThat(current.get()).isPresent();
    assertThat(loader.notReady()).isEmpty();
    assertThat(scope.gauges).containsEntry("prometheus_config_last_reload_successful", 0.0);
    assertThat(notifications.shown).containsKey("config/reload-failed");
  }

  private ConfigurationLoader start(ConfigurationLoader loader, ConfigurationCheck check) {
    loader.bindCheck(check);
    loader.start();
    return loader;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("prometheus.yml"), text);
  }

  private ConfigurationLoader load(String file, String listen) {
    ConfigurationLoader loader = loader(file, listen);
    loader.start();
    return loader;
  }

  private ConfigurationLoader loader(String file, String listen) {
    FakeFlags flags = new FakeFlags(file, List.of(listen, "other:1"));
    return new ConfigurationLoader(
        flags,
        current,
        new Fakes.FixedClock(12_345),
        scope,
        new DiscoveryFactories(new Fakes.DirectGuard(), framework.context()),
        new WatchedFiles(flags),
        framework.context());
  }

  @Test
  void aStackThatOverflowsRefusesTheLoad() throws IOException {
    load("", ":9090");
    ConfigurationLoader loader = loader(write(GOOD).toString(), ":9090");
    current.failure = new StackOverflowError();
    loader.start();
    current.failure = null;

    assertThat(current.get().orElseThrow().origin()).isEqualTo("(built-in)");
    assertThat(current.lastAttempt().orElseThrow().problems())
        .containsExactly(
            "the configuration could not be loaded because of a defect:"
                + " java.lang.StackOverflowError");
  }

  @ParameterizedTest
  @CsvSource({"100, 100, p99", "101, 101, and 1 more", "5000, 101, and 4900 more"})
  void noMoreErrorsAreToldThanSomebodyReads(int errors, int told, String last) throws IOException {
    List<String> problems = IntStream.range(0, errors).mapToObj(i -> "p" + i).toList();

    start(loader(write(GOOD).toString(), ":9090"), config -> problems);

    assertThat(current.lastAttempt().orElseThrow().problems()).hasSize(told).last().isEqualTo(last);
    assertThat(framework.stopped).isTrue();
  }
}
