package io.narthex.storage.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionWriterTest {
  @TempDir Path folder;
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final FullDisk disk = new FullDisk();

  /** A disk that gives no space beyond an offset. */
  private static final class FullDisk extends Preallocation {
    boolean full;
    boolean brokenSync;
    final List<Long> rewrittenFrom = new ArrayList<>();

    @Override
    void sync(RandomAccessFile of) throws IOException {
      if (brokenSync) {
        throw new IOException("Input/output error");
      }
      super.sync(of);
    }

    @Override
    void rewrite(RandomAccessFile of, long from) throws IOException {
      rewrittenFrom.add(from);
      super.rewrite(of, from);
    }

    @Override
    void ensure(long end) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      super.ensure(end);
    }
  }

  private PartitionWriter open() throws IOException {
    Path to = new LogFolder(folder).partition(1, 0);
    Files.createDirectories(to);
    return new PartitionWriter(to, 1, 0, wall::get, disk);
  }

  private int readable(List<String> problems) throws IOException {
    List<Long> found = new ArrayList<>();
    new PartitionReader(new LogFolder(folder), 1, 0, problems)
        .read(0, (position, document) -> found.add(position.index()));
    return found.size();
  }

  @Test
  void fullDiskRefusesTheDocumentAndTakesLaterOnes() throws IOException {
    List<String> problems = new ArrayList<>();
    try (PartitionWriter writer = open()) {
      MemorySegment document = MemorySegment.ofArray(new byte[1000]);
      writer.append(document);
      for (long roll = 0; roll < 2; roll++) {
        disk.full = true;
        assertThatThrownBy(() -> writer.append(document))
            .isInstanceOfSatisfying(
                NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.WRITE))
            .hasMessageStartingWith("no space for a document in ")
            .hasMessageEndingWith(": No space left on device");
        disk.full = false;
        writer.append(document);
        wall.addAndGet(3 * 3_600_000L);
      }
      assertThat(writer.last()).isEqualTo(3);
      assertThat(readable(problems)).isEqualTo(3);
    }
    assertThat(readable(problems)).isEqualTo(3);
    assertThat(problems).isEmpty();
  }

  @Test
  void whatASyncDidNotBringToTheDiskIsWrittenAgainBeforeTheNext() throws IOException {
    List<String> problems = new ArrayList<>();
    try (PartitionWriter writer = open()) {
      MemorySegment document = MemorySegment.ofArray(new byte[700_000]);
      for (int i = 0; i < 5; i++) {
        writer.append(document);
      }
      writer.sync();
      assertThat(disk.rewrittenFrom).isEmpty();

      disk.brokenSync = true;
      for (int i = 0; i < 2; i++) {
        writer.append(document);
        assertThatThrownBy(writer::sync)
            .isInstanceOfSatisfying(
                NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.WRITE))
            .hasMessage(folder + "/000001/000 cannot be synced: Input/output error");
      }
      disk.brokenSync = false;
      writer.append(document);
      disk.rewrittenFrom.clear();
      writer.sync();
      assertThat(disk.rewrittenFrom).singleElement().asInstanceOf(LONG).isBetween(1L, 3_500_000L);
      writer.append(document);
      writer.sync();
      assertThat(disk.rewrittenFrom).hasSize(1);
    }
    assertThat(readable(problems)).isEqualTo(9);
    assertThat(problems).isEmpty();
  }

  @Test
  void spaceIsThereBeforeItIsMapped() throws IOException {
    try (PartitionWriter writer = open()) {
      for (int i = 0; i < 30; i++) {
        writer.append(MemorySegment.ofArray(new byte[200_000]));
        Path file = writer.currentFile();
        assertThat(Files.size(file)).isGreaterThan(i * 200_000L);
        assertThat(allocated(file)).isGreaterThan((i + 1) * 200_000L + 200_000);
      }
    }
  }

  private static long allocated(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString()).start();
    String[] blocks =
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .trim()
            .split(" ");
    return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
  }

  @Test
  void fileChangesWithTheTwoHoursOfTheClockAndNeverBack() throws IOException {
    MemorySegment document = MemorySegment.ofArray(new byte[10]);
    try (PartitionWriter writer = open()) {
      assertThat(writer.currentFile()).hasFileName("20231114-22II.cq4");
      wall.addAndGet(2 * 3_600_000L);
      writer.append(document);
      assertThat(writer.currentFile()).hasFileName("20231115-00II.cq4");
      wall.addAndGet(-2 * 3_600_000L);
      writer.append(document);
      assertThat(writer.currentFile()).hasFileName("20231115-00II.cq4");
    }
    List<String> problems = new ArrayList<>();
    assertThat(readable(problems)).isEqualTo(2);
    assertThat(problems).isEmpty();
  }

  @Test
  void manyDocumentsCrossIndexPages() throws IOException {
    MemorySegment document = MemorySegment.ofArray(new byte[3]);
    try (PartitionWriter writer = open()) {
      for (int i = 0; i < 120_000; i++) {
        writer.append(document);
      }
    }
    List<String> problems = new ArrayList<>();
    assertThat(readable(problems)).isEqualTo(120_000);
    assertThat(problems).isEmpty();
  }

  @Test
  void startThatWroteNothingLeavesNothing() throws IOException {
    for (int i = 0; i < 3; i++) {
      ChronicleLogStore.in(folder, 1, wall::get).open("samples").close();
    }
    assertThat(new LogFolder(folder.resolve("samples")).epochs()).containsExactly(3L);
  }
}
