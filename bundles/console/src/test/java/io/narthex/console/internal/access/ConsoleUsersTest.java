package io.narthex.console.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleUsersTest {
  /** The cheapest hash there is. */
  private static final int COST = 4;

  @TempDir Path folder;

  @Test
  void letsInWhoIsInTheFile() throws IOException {
    ConsoleUsers users = new ConsoleUsers(file("# people\n\n" + line("eva", "pässword") + "\n"));
    for (int i = 0; i < 2; i++) {
      assertThat(users.accepts("eva", "pässword")).isTrue();
      assertThat(users.accepts("eva", "password")).isFalse();
      assertThat(users.accepts("eve", "pässword")).isFalse();
      assertThat(users.accepts("eva", "p".repeat(73))).isFalse();
    }
  }

  @Test
  void changedFileCountsAtOnce() throws IOException {
    Path file = file(line("eva", "one"));
    ConsoleUsers users = new ConsoleUsers(file);
    assertThat(users.accepts("eva", "one")).isTrue();

    Files.writeString(file, line("eva", "two"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(users.accepts("eva", "one")).isFalse();
    assertThat(users.accepts("eva", "two")).isTrue();

    Files.writeString(file, "broken");
    Files.setLastModifiedTime(file, FileTime.fromMillis(2));
    assertThat(users.accepts("eva", "two")).isFalse();

    Files.delete(file);
    assertThat(users.accepts("eva", "two")).isFalse();
  }

  @Test
  void badFilesSayWhatIsWrong() throws IOException {
    Path plain = file("eva:password\n");
    assertThatThrownBy(() -> new ConsoleUsers(plain))
        .hasMessage(
            plain
                + ":1: a line must be NAME:HASH with a bcrypt hash, as \"htpasswd -nB NAME\" prints it");
    Path empty = file("# nobody\n");
    assertThatThrownBy(() -> new ConsoleUsers(empty))
        .hasMessage(empty + " has no user; \"htpasswd -nB NAME\" prints a line for it");
    assertThatThrownBy(() -> new ConsoleUsers(folder.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("users"), text);
  }

  private static String line(String name, String password) {
    return name
        + ":"
        + BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(COST, password.toCharArray());
  }
}
