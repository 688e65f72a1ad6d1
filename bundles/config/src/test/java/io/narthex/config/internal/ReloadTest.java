package io.narthex.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.CompanionConfiguration;
import io.narthex.api.config.ConfigurationCheck;
import io.narthex.api.config.ConfigurationFollower;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleFile;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.config.internal.Fakes.FakeConfiguration;
import io.narthex.config.internal.Fakes.FakeFlags;
import io.narthex.config.internal.Fakes.FakeFramework;
import io.narthex.config.internal.Fakes.FakeNotifications;
import io.narthex.config.internal.Fakes.FakeScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private static final String GOOD = "scrape_configs:\n  - job_name: a\n";
  private static final String OTHER = "scrape_configs:\n  - job_name: b\n";
  private static final String BAD = "scrape_configs:\n  - jobname: c\n";

  private final FakeConfiguration current = new FakeConfiguration();
  private final FakeFramework framework = new FakeFramework();
  private final FakeScope scope = new FakeScope();
  private final FakeNotifications notifications = new FakeNotifications();

  @TempDir Path folder;
  private WatchedFiles files;
  private ConfigurationLoader loader;

  @BeforeEach
  void start() throws IOException {
    write(GOOD);
    FakeFlags flags = new FakeFlags(file().toString(), List.of(":9090"), true);
    files = new WatchedFiles(flags);
    loader =
        new ConfigurationLoader(
            flags,
            current,
            new Fakes.FixedClock(12_345),
            scope,
            new DiscoveryFactories(new Fakes.DirectGuard(), framework.context()),
            files,
            framework.context());
    loader.bindNotifications(notifications);
    loader.start();
  }

  @Test
  void aGoodFileComesIntoForce() throws IOException {
    write(OTHER);

    LoadAttempt attempt = reload();

    assertThat(attempt).isEqualTo(new LoadAttempt(Instant.ofEpochMilli(12_345), List.of()));
    assertThat(current.lastAttempt()).contains(attempt);
    assertThat(job()).isEqualTo("b");
    assertThat(scope.gauges).containsEntry("prometheus_config_last_reload_successful", 1.0);
    assertThat(notifications.shown).isEmpty();
  }

  @Test
  void nothingHappensBeforeTheThreadOfItsOwnRuns() throws IOException {
    write(OTHER);

    assertThat(loader.reload()).isNotDone();
    assertThat(job()).isEqualTo("a");
  }

  @Test
  void aBadFileLeavesWhatIsInForceAndIsTold() throws IOException {
    PrometheusConfig before = current.get().orElseThrow();
    write(BAD);

    LoadAttempt attempt = reload();

    assertThat(attempt.problems())
        .containsExactlyInAnyOrder(
            file() + ":2:5: job_name in scrape_configs[0] is missing or empty",
            file()
                + ":2:5: unknown key \"jobname\" in scrape_configs[0]. Did you mean \"job_name\"?");
    assertThat(current.get()).containsSame(before);
    assertThat(current.lastAttempt()).contains(attempt);
    assertThat(framework.stopped).isFalse();
    assertThat(scope.gauges).containsEntry("prometheus_config_last_reload_successful", 0.0);
    assertThat(notifications.shown)
        .containsExactly(Map.entry("config/reload-failed", "Configuration reload has failed."));
  }

  @Test
  void theNotificationIsWithdrawnOnceAReloadSucceeds() throws IOException {
    write(BAD);
    reload();
    write(OTHER);
    reload();

    assertThat(notifications.shown).isEmpty();
    assertThat(scope.gauges).containsEntry("prometheus_config_last_reload_successful", 1.0);
  }

  @Test
  void notificationsMayComeLater() throws IOException {
    loader.unbindNotifications(notifications);
    write(BAD);
    reload();
    assertThat(notifications.shown).isEmpty();

    loader.bindNotifications(notifications);

    assertThat(notifications.shown).containsKey("config/reload-failed");
  }

  @Test
  void aProblemInAScrapeConfigFileRefusesAllAndNamesThatFile() throws IOException {
    write("scrape_config_files: [jobs/*.yml]\n" + OTHER);
    Files.createDirectory(folder.resolve("jobs"));
    Path jobs = folder.resolve("jobs/x.yml");
    Files.writeString(jobs, "scrape_configs:\n  - job_name: c\n    scheme: ftp\n");

    assertThat(reload().problems())
        .containsExactly(jobs + ":3:13: scheme must be \"http\" or \"https\", got \"ftp\"");
    assertThat(job()).isEqualTo("a");

    Files.writeString(jobs, "scrape_configs:\n  - job_name: c\n");
    assertThat(reload().isSuccessful()).isTrue();
    assertThat(current.get().orElseThrow().scrapeConfigs())
        .extracting(ScrapeConfig::jobName)
        .containsExactly("b", "c");
  }

  @Test
  void ruleFilesBelongToTheConfiguration() throws IOException {
    Path rules = Files.writeString(folder.resolve("r.yml"), "groups: []\n");
    write("rule_files: [\"r*.yml\"]\n" + OTHER);

    assertThat(reload().isSuccessful()).isTrue();
    assertThat(current.get().orElseThrow().rules().files())
        .containsExactly(new RuleFile(rules.toString(), "groups: []\n"));

    Files.delete(rules);
    Files.createDirectory(rules);
    assertThat(reload().problems())
        .containsExactly(
            file() + ":1:13: cannot read the rule file " + rules + ": it is a directory");
    assertThat(current.get().orElseThrow().rules().files()).hasSize(1);
  }

  @Test
  void whatChecksFindRefusesAllOfIt() throws IOException {
    List<PrometheusConfig> asked = new ArrayList<>();
    ConfigurationCheck check =
        config -> {
          asked.add(config);
          return asked.size() == 1 ? List.of() : List.of("r.yml:2:3: bad");
        };
    loader.bindCheck(check);
    loader.bindCheck(config -> List.of());
    write(OTHER);

    assertThat(reload().problems()).containsExactly("r.yml:2:3: bad");
    assertThat(job()).isEqualTo("a");
    assertThat(asked.getLast().scrapeConfigs().getFirst().jobName()).isEqualTo("b");
    assertThat(framework.stopped).isFalse();

    loader.unbindCheck(check);
    assertThat(reload().isSuccessful()).isTrue();
    assertThat(job()).isEqualTo("b");
  }

  @Test
  void aCheckThatFailsHasCheckedNothing() throws IOException {
    loader.bindCheck(
        config -> {
          if (config.scrapeConfigs().getFirst().jobName().equals("b")) {
            throw new IllegalStateException("broken");
          }
          return List.of();
        });
    write(OTHER);

    assertThat(reload().problems())
        .containsExactly(
            file()
                + ": a check of the configuration failed because of a defect:"
                + " java.lang.IllegalStateException: broken");
    assertThat(job()).isEqualTo("a");
  }

  @Test
  void aBadCompanionFailsTheReloadThoughTheServersOwnIsInForce() throws IOException {
    loader.bindCompanion(new FakeCompanion(Optional.of("am.yml"), "am.yml:2:3: bad"));
    write(OTHER);

    assertThat(reload().problems())
        .containsExactly(
            "am.yml:2:3: bad",
            "not loaded, so that what was in force stays: am.yml; loaded: "
                + file()
                + " and its rule files");
    assertThat(job()).isEqualTo("b");
    assertThat(current.lastAttempt().orElseThrow().isSuccessful()).isTrue();
    assertThat(scope.gauges).containsEntry("prometheus_config_last_reload_successful", 1.0);
    assertThat(notifications.shown).isEmpty();
  }

  @Test
  void aCompanionIsLoadedThoughTheServersOwnIsBad() throws IOException {
    FakeCompanion companion = new FakeCompanion(Optional.of("am.yml"));
    loader.bindCompanion(companion);
    write(BAD);

    assertThat(reload().problems())
        .hasSize(3)
        .endsWith(
            "not loaded, so that what was in force stays: "
                + file()
                + " and its rule files; loaded: am.yml");
    assertThat(companion.reloads).isEqualTo(1);
  }

  @Test
  void ofTwoBadOnesAllProblemsAreToldAndNothingWasLoaded() throws IOException {
    loader.bindCompanion(new FakeCompanion(Optional.of("am.yml"), "am.yml:2:3: bad"));
    write(BAD);

    assertThat(reload().problems()).hasSize(3).endsWith("am.yml:2:3: bad");
    assertThat(job()).isEqualTo("a");
  }

  @Test
  void aCompanionWithoutAFileIsNotSpokenOf() throws IOException {
    loader.bindCompanion(new FakeCompanion(Optional.empty()));
    write(BAD);

    assertThat(reload().problems()).hasSize(2);
  }

  @Test
  void aCompanionThatIsGoneOrGoesMeanwhileDoesNotCount() throws IOException {
    FakeCompanion gone = new FakeCompanion(Optional.of("am.yml"), "am.yml:2:3: bad");
    loader.bindCompanion(gone);
    gone.whenAsked = () -> loader.unbindCompanion(gone);
    write(OTHER);

    assertThat(reload().isSuccessful()).isTrue();
    assertThat(reload().isSuccessful()).isTrue();
    assertThat(gone.reloads).isEqualTo(1);
  }

  @Test
  void aCompanionThatBreaksIsAProblem() throws IOException {
    FakeCompanion broken = new FakeCompanion(Optional.of("am.yml"));
    broken.whenAsked =
        () -> {
          throw new IllegalStateException("broken");
        };
    loader.bindCompanion(broken);

    assertThat(reload().problems())
        .startsWith(
            "am.yml could not be loaded because of a defect:"
                + " java.lang.IllegalStateException: broken");
  }

  @Test
  void isNotAnsweredBeforeFollowersActByIt() throws Exception {
    CompletableFuture<Void> acts = new CompletableFuture<>();
    List<String> followed = new ArrayList<>();
    loader.bindFollower(
        inForce -> {
          followed.add(inForce.scrapeConfigs().getFirst().jobName());
          return acts;
        });
    write(OTHER);
    CompletableFuture<LoadAttempt> attempt = loader.reload();
    Thread reloading = Thread.ofPlatform().start(scope.pool::runAll);

    await(() -> reloading.getState() == Thread.State.TIMED_WAITING);
    assertThat(followed).containsExactly("b");
    assertThat(attempt).isNotDone();

    acts.complete(null);
    assertThat(attempt.get(10, TimeUnit.SECONDS).isSuccessful()).isTrue();
    reloading.join();
  }

  @Test
  void followersHearNothingOfABadFileAndMayGoOrBreak() throws IOException {
    List<PrometheusConfig> followed = new ArrayList<>();
    ConfigurationFollower follower =
        inForce -> {
          followed.add(inForce);
          throw new IllegalStateException("broken");
        };
    loader.bindFollower(follower);
    write(BAD);
    assertThat(reload().isSuccessful()).isFalse();
    assertThat(followed).isEmpty();

    write(OTHER);
    assertThat(reload().isSuccessful()).isTrue();
    assertThat(followed).hasSize(1);

    loader.unbindFollower(follower);
    assertThat(reload().isSuccessful()).isTrue();
    assertThat(followed).hasSize(1);
  }

  @Test
  void followersAreNotWaitedForForever() {
    Followers followers = new Followers(1);
    followers.add(inForce -> new CompletableFuture<>());

    followers.await(current.get().orElseThrow());
  }

  @Test
  void companionsAreNotWaitedForForever() {
    Companions companions = new Companions(1);
    companions.add(
        new CompanionConfiguration() {
          @Override
          public Optional<String> file() {
            return Optional.of("am.yml");
          }

          @Override
          public CompletableFuture<LoadAttempt> reload() {
            return new CompletableFuture<>();
          }
        });

    assertThat(companions.reload("p.yml", new LoadAttempt(Instant.EPOCH, List.of())).problems())
        .containsExactly(
            "am.yml is still being loaded after 0 s",
            "not loaded, so that what was in force stays: am.yml; loaded: p.yml");
  }

  @Test
  void callersThatComeWhileOneWaitsShareItsAttempt() {
    CompletableFuture<LoadAttempt> first = loader.reload();
    CompletableFuture<LoadAttempt> second = loader.reload();

    assertThat(scope.pool.tasks).hasSize(1);
    scope.pool.runAll();
    assertThat(first).isCompleted();
    assertThat(second).isCompletedWithValue(first.join());
    assertThat(current.attempts).hasSize(2);

    var unused = loader.reload();
    assertThat(scope.pool.tasks).hasSize(1);
  }

  @Test
  void anAttemptThatWillNotRunAnyMoreIsAnsweredWhenTheBundleStops() {
    CompletableFuture<LoadAttempt> waiting = loader.reload();

    loader.stop();

    assertThat(waiting.join().problems())
        .containsExactly("the configuration was not reloaded: the bundle that loads it stops");
  }

  @Test
  void whoAsksAfterTheStopIsAnsweredAtOnceThoughThePoolStillTakesTasks() {
    loader.stop();

    CompletableFuture<LoadAttempt> late = loader.reload();

    assertThat(late).isDone();
    assertThat(late.join().problems())
        .containsExactly("the configuration was not reloaded: the bundle that loads it stops");
    assertThat(scope.pool.tasks).isEmpty();
  }

  @Test
  void anAttemptThatWaitedAtTheStopDoesNotRun() throws IOException {
    var unused = loader.reload();
    write(OTHER);
    loader.stop();

    scope.pool.runAll();

    assertThat(job()).isEqualTo("a");
  }

  @Test
  void eachLoadNotesWhatTheFilesWereLikeBefore() throws IOException {
    assertThat(files.changed()).isEmpty();
    write(OTHER);
    assertThat(files.changed()).isPresent();

    reload();
    assertThat(files.changed()).isEmpty();

    write(BAD);
    reload();
    assertThat(files.changed()).isEmpty();
  }

  @Test
  void whatIsNoPathOnThisSystemIsAProblemAtItsPlace() throws IOException {
    String reason =
        " cannot be a path on this system: Malformed input or input contains unmappable"
            + " characters; for names that are not ASCII the server must run in a UTF-8 locale"
            + " (LC_ALL, LANG)";
    write(
        """
        rule_files: [a.yml, "\\ud800.yml"]
        scrape_config_files:
          - "\\ud800/*.yml"
        scrape_configs:
          - job_name: a
            basic_auth: {username: u, password_file: "\\ud800"}
            tls_config:
              ca_file: "\\ud800"
        """);

    assertThat(reload().problems())
        .containsExactly(
            file() + ":1:21: an item of rule_files" + reason,
            file() + ":3:5: an item of scrape_config_files" + reason,
            file() + ":6:46: password_file" + reason,
            file() + ":8:16: ca_file" + reason);
  }

  @Test
  void aStoppedPoolAnswersAtOnce() {
    scope.pool.shutdown();

    assertThat(loader.reload().join().isSuccessful()).isFalse();
  }

  @Test
  void aHangupReloads() throws IOException {
    write(OTHER);

    new HangupSignal(loader).run();
    scope.pool.runAll();

    assertThat(job()).isEqualTo("b");
  }

  private LoadAttempt reload() {
    CompletableFuture<LoadAttempt> attempt = loader.reload();
    scope.pool.runAll();
    return attempt.join();
  }

  private String job() {
    return current.get().orElseThrow().scrapeConfigs().getFirst().jobName();
  }

  private Path file() {
    return folder.resolve("prometheus.yml");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Has always the same problems. */
  private static final class FakeCompanion implements CompanionConfiguration {
    private final Optional<String> file;
    private final List<String> problems;
    private Runnable whenAsked = () -> {};
    private int reloads;

    FakeCompanion(Optional<String> file, String... problems) {
      this.file = file;
      this.problems = List.of(problems);
    }

    @Override
    public Optional<String> file() {
      return file;
    }

    @Override
    public CompletableFuture<LoadAttempt> reload() {
      reloads++;
      whenAsked.run();
      return CompletableFuture.completedFuture(new LoadAttempt(Instant.EPOCH, problems));
    }
  }
}
