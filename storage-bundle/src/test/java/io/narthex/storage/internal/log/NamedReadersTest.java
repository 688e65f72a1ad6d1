package io.narthex.storage.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogReader;
import io.narthex.spi.log.LogReader.Start;
import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReadDocuments;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the files of a log are held by its readers, and how those are kept. */
class NamedReadersTest {
  private static final long HOURS = 2 * 3_600_000;
  private static final long LARGE = 1L << 40;

  @TempDir Path folder;
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final List<String> events = new ArrayList<>();

  private DurableLog open() {
    ReaderEvents heard =
        new ReaderEvents() {
          @Override
          public void held(String log, String reader, long bytes) {
            events.add("%s %s holds %s".formatted(log, reader, bytes == 0 ? "0" : "some"));
          }

          @Override
          public void cutLoose(String log, String reader) {
            events.add("%s %s is cut loose".formatted(log, reader));
          }

          @Override
          public void removed(String log, String reader) {
            events.add("%s %s is removed".formatted(log, reader));
          }
        };
    return new ChronicleLogStore(folder, 1, wall::get, heard).open("samples");
  }

  private static Position append(DurableLog log, int count) {
    Position last = Position.start(0);
    for (int i = 0; i < count; i++) {
      last = log.append(0, MemorySegment.ofArray(new byte[10_000])).toCompletableFuture().join();
    }
    return last;
  }

  private List<Path> files() throws IOException {
    return new LogFolder(folder.resolve("samples")).files(1, 0);
  }

  private static List<Long> read(LogReader reader, int most) {
    List<Long> found = new ArrayList<>();
    ReadDocuments read = reader.read(0, most, (position, document) -> found.add(position.index()));
    assertThat(read.problems()).isEmpty();
    return found;
  }

  @Test
  void budgetIsUsedUpFileByFileFromTheOldest() throws IOException {
    try (DurableLog log = open()) {
      log.reader("far", LARGE, Start.OLDEST).close();
      log.removeReader("far");
      for (int i = 0; i < 4; i++) {
        append(log, 10);
        wall.addAndGet(HOURS);
      }
      Position last = append(log, 1);
      long bytes = Files.size(files().getFirst());
      LogReader reader = log.reader("near", 2 * bytes + bytes / 2, Start.OLDEST);
      log.reader("near-too", LARGE, Start.NEWEST);

      log.trim(last);
      assertThat(files()).hasSize(3);
      assertThat(reader.state().cutLoose()).isEqualTo(1);
      assertThat(reader.state().heldBytes()).isEqualTo(2 * bytes);
      ReadDocuments read = reader.read(0, 5, (position, document) -> {});
      assertThat(read.lost())
          .contains(new ReadDocuments.Lost(Position.start(0), new Position(0, 1, 20)));
      reader.commit(new Position(0, 1, 25));
      assertThat(files()).hasSize(3);
      assertThat(read(reader, 15)).startsWith(26L).endsWith(40L);
      reader.commit(new Position(0, 1, 30));
      assertThat(files()).hasSize(2);
      reader.commit(new Position(0, 1, 40));
      assertThat(files()).hasSize(1);
      assertThat(reader.state().heldBytes()).isZero();
    }
    assertThat(events)
        .startsWith(
            "samples far is removed", "samples near is cut loose", "samples near holds some")
        .contains("samples near-too holds 0")
        .endsWith("samples near holds 0", "samples near-too holds 0");
  }

  @Test
  void readerThatNobodyOpensHoldsToo() throws IOException {
    try (DurableLog log = open()) {
      log.reader("away", LARGE, Start.OLDEST);
      append(log, 3);
    }
    try (DurableLog log = open()) {
      log.trim(append(log, 1));
      assertThat(files()).hasSize(1);
      log.removeReader("away");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void fileIsAsTheFormatSays() throws IOException {
    ReaderFile file =
        new ReaderFile(
            300,
            List.of(new Position(0, 2, 200), new Position(1, 1, 1)),
            List.of(new Position(0, 3, 5), Position.start(1)));
    Path path = folder.resolve("r");
    file.write(path);
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(path)))
        .isEqualTo(
            "4e41525448455852"
                + "0100"
                + "ac02"
                + "02"
                + "02c801"
                + "0305"
                + "0101"
                + "0000"
                + "4bc3909d");
    assertThat(ReaderFile.read(path)).isEqualTo(file);
    assertThat(folder.resolve("r.new")).doesNotExist();
  }

  @Test
  void fileWithAnyDamageIsRefused() throws IOException {
    Path path = folder.resolve("r");
    new ReaderFile(300, List.of(new Position(0, 2, 200)), List.of(Position.start(0))).write(path);
    byte[] good = Files.readAllBytes(path);
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      byte[] bad = good.clone();
      if (round % 4 == 0) {
        bad = Arrays.copyOf(good, random.nextInt(good.length));
      } else {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(path, bad);
      assertThatThrownBy(() -> ReaderFile.read(path)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void damagedPositionBeginsAtTheOldestAndSaysSo() throws IOException {
    try (DurableLog log = open()) {
      append(log, 3);
      LogReader reader = log.reader("r", 5, Start.OLDEST);
      read(reader, 3);
      reader.commit(log.end(0));
    }
    Path path = folder.resolve("samples/readers/r");
    byte[] bytes = Files.readAllBytes(path);
    bytes[12] ^= 1;
    Files.write(path, bytes);
    Files.write(folder.resolve("samples/readers/r.new"), new byte[3]);
    try (DurableLog log = open()) {
      String problem =
          "the position of the reader \"r\" in %s cannot be read: its checksum is wrong; it begins at the oldest document"
              .formatted(path);
      assertThat(log.readers()).singleElement().extracting("message").isEqualTo(problem);
      LogReader reader = log.reader("r", 5, Start.NEWEST);
      ReadDocuments read = reader.read(0, 2, (position, document) -> {});
      assertThat(read.count()).isEqualTo(2);
      assertThat(read.problems()).containsExactly(problem);
      assertThat(read(reader, 5)).containsExactly(3L);
    }
  }

  @Test
  void positionOfALaterFormatIsRefused() throws IOException {
    open().close();
    Path path = folder.resolve("samples/readers/r");
    Files.createDirectories(path.getParent());
    new ReaderFile(300, List.of(Position.start(0)), List.of(Position.start(0))).write(path);
    byte[] bytes = Files.readAllBytes(path);
    bytes[8] = 2;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 4 + i] = (byte) (crc.getValue() >> 8 * i);
    }
    Files.write(path, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.OPEN))
        .hasMessage(
            path
                + " has reader format 2.0, this version reads 1.x: use the version that wrote it or"
                + " a newer one");
  }

  @Test
  void damageInAnOlderEpochIsSaidOnceAndReadingGoesOn() throws IOException {
    try (DurableLog log = open()) {
      append(log, 3);
      log.reader("r", LARGE, Start.OLDEST);
    }
    Files.write(files().getFirst(), new byte[5000]);
    try (DurableLog log = open()) {
      append(log, 2);
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      ReadDocuments read = reader.read(0, 9, (position, document) -> {});
      assertThat(read.count()).isEqualTo(2);
      assertThat(reader.read(0, 9, (position, document) -> {}))
          .isEqualTo(new ReadDocuments(0, Optional.empty(), List.of()));
    }
  }
}
