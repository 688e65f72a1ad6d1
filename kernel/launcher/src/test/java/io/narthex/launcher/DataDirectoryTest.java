package io.narthex.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void isMadeAndHoldsOurPid() throws Exception {
    Path path = folder.resolve("a/b");
    try (DataDirectory data = DataDirectory.open(path)) {
      assertThat(data.path()).isEqualTo(path);
      assertThat(Files.readString(path.resolve("lock")))
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void canBeOpenedAgainAfterItWasClosed() throws Exception {
    DataDirectory.open(folder).close();
    DataDirectory.open(folder).close();
  }

  @Test
  void namesTheProcessThatHasIt() throws Exception {
    DataDirectory held = DataDirectory.open(folder);
    try {
      assertThatThrownBy(() -> DataDirectory.open(folder))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "data directory %s is in use by pid %d (java). Stop it, or use another directory: --storage.tsdb.path=DIR",
              folder, ProcessHandle.current().pid());
    } finally {
      held.close();
    }
  }

  @Test
  void noticesTheOtherKindOfLockThatPrometheusTakes() throws Exception {
    Path lock = Files.createFile(folder.resolve("lock"));
    Process flock =
        new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo locked; read end").start();
    try {
      assertThat(flock.inputReader().readLine()).isEqualTo("locked");
      assertThatThrownBy(() -> DataDirectory.open(folder))
          .hasMessageMatching(
              "data directory .* is in use by pid %d \\(flock\\)\\. Stop it, or use another directory: --storage.tsdb.path=DIR"
                  .formatted(flock.pid()));
    } finally {
      flock.destroy();
    }
  }

  @Test
  void saysWhenAFileIsInTheWay() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file))
        .hasMessage(
            "data directory %s is not writable for user %s (it is a file). Give that user the directory, or use another: --storage.tsdb.path=DIR",
            file, System.getProperty("user.name"));
  }
}
