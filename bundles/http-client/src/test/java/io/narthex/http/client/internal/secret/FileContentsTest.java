package io.narthex.http.client.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileContentsTest {
  private long now = System.currentTimeMillis();
  private final FileContents files =
      new FileContents(
          new Clock() {
            @Override
            public long wallMillis() {
              return now;
            }

            @Override
            public long monotonicNanos() {
              return 0;
            }
          });

  @TempDir Path folder;

  @Test
  void seesAChangeWithinTheSameStepOfTheClock() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "one");
    FileTime time = Files.getLastModifiedTime(file);
    now = time.toMillis() + 1000;
    assertThat(files.text(file)).isEqualTo("one");
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);
    assertThat(files.text(file)).isEqualTo("two");
  }

  @Test
  void doesNotReadAnOldFileAgainThatLooksTheSame() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "one");
    FileTime time = Files.getLastModifiedTime(file);
    now = time.toMillis() + 2000;
    assertThat(files.text(file)).isEqualTo("one");
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);
    assertThat(files.text(file)).isEqualTo("one");
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1));
    assertThat(files.text(file)).isEqualTo("two");
  }

  @Test
  void followsLinksThatAreTurned() throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "1");
    Path two = Files.writeString(folder.resolve("two"), "2");
    Files.setLastModifiedTime(one, FileTime.fromMillis(5000));
    Files.setLastModifiedTime(two, FileTime.fromMillis(5000));
    Path link = Files.createSymbolicLink(folder.resolve("link"), one);
    assertThat(files.text(link)).isEqualTo("1");
    Files.delete(link);
    Files.createSymbolicLink(link, two);
    assertThat(files.text(link)).isEqualTo("2");
  }

  @Test
  void refusesWhatIsTooLargeOrNoFile() throws Exception {
    Path large = Files.write(folder.resolve("f"), new byte[FileContents.MAX_BYTES + 1]);
    assertThatThrownBy(() -> files.text(large))
        .isInstanceOf(IOException.class)
        .hasMessage("unable to read file %s: it has more than 4194304 bytes".formatted(large));
    assertThatThrownBy(() -> files.text(folder))
        .hasMessage("unable to read file %s: read %s: is a directory".formatted(folder, folder));
  }
}
