package io.narthex.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationReload;
import io.narthex.api.config.LoadAttempt;
import io.narthex.config.internal.Fakes.FakeFlags;
import io.narthex.config.internal.Fakes.FakeScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoReloadTest {
  private final FakeScope scope = new FakeScope();
  private int reloads;
  private final ConfigurationReload reload =
      () -> {
        reloads++;
        return CompletableFuture.completedFuture(new LoadAttempt(Instant.EPOCH, List.of()));
      };

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(folder.resolve("jobs"));
    write("prometheus.yml", "rule_files: [\"r*.yml\"]\nscrape_config_files: [jobs/a.yml]\n");
    write("rules.yml", "groups: []\n");
    write("jobs/a.yml", "scrape_configs: []\n");
  }

  @Test
  void withoutTheFlagNothingIsWatched() {
    watch(flags(false));

    assertThat(scope.scheduled).isEmpty();
  }

  @Test
  void withoutAFileNothingIsWatched() {
    watch(new FakeFlags("", List.of(), true));

    assertThat(scope.scheduled).isEmpty();
  }

  @Test
  void theIntervalIsTheFlags() {
    watch(flags(true));

    assertThat(scope.intervals).containsExactly(7_000L);
  }

  @Test
  void eachChangeReloadsOnce() throws IOException {
    watch(flags(true));
    check();
    assertThat(reloads).isZero();

    write("rules.yml", "groups: [] # changed\n");
    check();
    check();
    assertThat(reloads).isEqualTo(1);

    write("jobs/a.yml", "# changed\n");
    check();
    assertThat(reloads).isEqualTo(2);

    write("r2.yml", "groups: []\n");
    check();
    assertThat(reloads).isEqualTo(3);

    write("other.yml", "not named\n");
    check();
    assertThat(reloads).isEqualTo(3);
  }

  @Test
  void aFileThatBreaksOrGoesReloadsSoThatTheStatusTurnsBad() throws IOException {
    watch(flags(true));

    write("prometheus.yml", "a: [\n");
    check();
    check();
    assertThat(reloads).isEqualTo(1);

    Files.delete(folder.resolve("prometheus.yml"));
    check();
    check();
    assertThat(reloads).isEqualTo(2);

    write("prometheus.yml", "");
    check();
    assertThat(reloads).isEqualTo(3);
  }

  @Test
  void aChangeBetweenTheLoadAndTheFirstLookIsSeen() throws IOException {
    WatchedFiles files = new WatchedFiles(flags(true));
    files.note();
    write("rules.yml", "groups: [] # changed\n");
    new AutoReload(flags(true), reload, files, scope);

    check();
    check();

    assertThat(reloads).isEqualTo(1);
  }

  @Test
  void whatAnotherReloadHasReadAlreadyIsNoChange() throws IOException {
    WatchedFiles files = watch(flags(true));
    write("rules.yml", "groups: [] # changed\n");
    files.note();

    check();

    assertThat(reloads).isZero();
  }

  @Test
  void aPatternThatIsNoPathIsAChangeLikeAnyOther() throws IOException {
    watch(flags(true));

    write("prometheus.yml", "rule_files: [\"\\0\", \"\\ud800*\", \"r*.yml\"]\n");
    check();
    check();
    assertThat(reloads).isEqualTo(1);

    write("rules.yml", "groups: [] # changed\n");
    check();
    assertThat(reloads).isEqualTo(2);
  }

  @Test
  void aFileWhoseNameIsNoPathHasAChecksum() {
    assertThat(FilesChecksum.of("\ud800"))
        .isEqualTo(FilesChecksum.of("\ud800"))
        .isNotEqualTo(FilesChecksum.of("\0"));
  }

  @Test
  void aCheckThatFailsIsMadeAgain() throws IOException {
    WatchedFiles files = new WatchedFiles(flags(true));
    files.note();
    boolean[] fails = {true};
    new AutoReload(
        flags(true),
        () -> {
          if (fails[0]) {
            throw new IllegalStateException("not now");
          }
          return reload.reload();
        },
        files,
        scope);
    write("rules.yml", "groups: [] # changed\n");

    check();
    fails[0] = false;
    check();

    assertThat(reloads).isEqualTo(1);
  }

  private WatchedFiles watch(FakeFlags flags) {
    WatchedFiles files = new WatchedFiles(flags);
    files.note();
    new AutoReload(flags, reload, files, scope);
    return files;
  }

  private void check() {
    scope.scheduled.getFirst().run();
  }

  private FakeFlags flags(boolean on) {
    return new FakeFlags(folder.resolve("prometheus.yml").toString(), List.of(), on);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
