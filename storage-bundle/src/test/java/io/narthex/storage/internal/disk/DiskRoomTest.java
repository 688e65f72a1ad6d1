package io.narthex.storage.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
  private static final long FLOOR = 1000;

  private long usable = 5000;
  private boolean isGone;
  private final DiskRoom room =
      new DiskRoom(
          () -> {
            if (isGone) {
              throw new IOException("Input/output error");
            }
            return usable;
          },
          () -> FLOOR);

  private void look(long bytes) {
    usable = bytes;
    room.look();
  }

  @Test
  void refusesBelowTheFloorUntilThereIsTwiceAsMuch() {
    look(FLOOR);
    assertThatCode(room::require).as("just enough").doesNotThrowAnyException();
    look(FLOOR - 1);
    assertThatThrownBy(room::require)
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(StorageErrors.NO_ROOM))
        .hasMessage(
            "no samples are taken: the disk has 999 bytes left, and samples are taken again when it has 2000");
    look(2 * FLOOR - 1);
    assertThatThrownBy(room::require).hasMessageContaining("has 1999 bytes left");
    look(2 * FLOOR);
    assertThatCode(room::require).doesNotThrowAnyException();
    look(FLOOR);
    assertThatCode(room::require).as("above the floor again").doesNotThrowAnyException();
    assertThat(room.refused()).isEqualTo(2);
    assertThat(room.usable()).isEqualTo(FLOOR);
  }

  @Test
  void diskThatCannotBeLookedAtHasNoRoom() {
    isGone = true;
    room.look();
    assertThatThrownBy(room::require)
        .hasMessage(
            "no samples are taken: the data directory cannot be looked at (java.io.IOException: Input/output error)");
    isGone = false;
    look(2 * FLOOR);
    assertThat(room.trouble()).isEmpty();
  }

  @Test
  void hasRoomBeforeItIsLookedAt() {
    assertThatCode(room::require).doesNotThrowAnyException();
  }

  @Test
  void floorIsFourBlocksAndACheckpoint(@TempDir Path folder) {
    DiskRoom real = DiskRoom.of(folder, () -> 12_345);
    assertThat(real.floor()).isEqualTo(4 * (4 << 20) + 12_345);
    real.look();
    assertThat(real.usable()).isPositive().isLessThan(Long.MAX_VALUE);
    DiskRoom missing = DiskRoom.of(folder.resolve("not-there"), () -> 0);
    missing.look();
    assertThat(missing.trouble()).contains("not-there");
  }
}
