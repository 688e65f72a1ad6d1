package io.narthex.storage.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.Position;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reading that begins late in a log reads little of what comes before. */
class SeekTest {
  private static final int DOCUMENTS = 2000;
  private static final int SIZE = 10_000;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private long bytesRead;
  private final List<String> problems = new ArrayList<>();

  private DurableLog open() {
    return ChronicleLogStore.in(folder, 1, wall::get).open("samples");
  }

  /** Documents that begin with their number. */
  private void append(DurableLog log, int from, int to) {
    byte[] bytes = new byte[SIZE];
    for (int i = from; i <= to; i++) {
      ByteBuffer.wrap(bytes).putInt(i);
      log.append(0, MemorySegment.ofArray(bytes)).toCompletableFuture().join();
    }
  }

  private static int number(MemorySegment document) {
    return document.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0);
  }

  private LogFolder samples() {
    return new LogFolder(folder.resolve("samples"));
  }

  /** The numbers of the documents of the first epoch after one; they are those of the positions. */
  private List<Integer> readAfter(long after) throws IOException {
    List<Integer> found = new ArrayList<>();
    problems.clear();
    PartitionReader reader = new PartitionReader(samples(), 1, 0, problems);
    reader.read(
        after,
        (position, document) -> {
          assertThat(position.index()).isEqualTo(number(document));
          found.add(number(document));
        });
    bytesRead = reader.bytesRead();
    return found;
  }

  private void assertReads(long after, int to) throws IOException {
    List<Integer> found = readAfter(after);
    assertThat(problems).isEmpty();
    assertThat(found).hasSize((int) Math.max(0, to - after));
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isEqualTo((int) after + 1 + i);
    }
  }

  private Path hints() throws IOException {
    Path file = samples().files(1, 0).getFirst();
    return file.resolveSibling(file.getFileName() + ".seek");
  }

  @Test
  void beginsNearThePositionInALargeFile() throws IOException {
    try (DurableLog log = open()) {
      append(log, 1, DOCUMENTS);
    }
    assertThat(samples().files(1, 0)).hasSize(1);
    for (int after : new int[] {0, 1, 103, 104, 105, 106, 777, 1500, 1999, 2000, 2001}) {
      assertReads(after, DOCUMENTS);
      long wanted = (long) Math.max(0, DOCUMENTS - after) * SIZE;
      assertThat(bytesRead).as("after %d", after).isLessThan(wanted + wanted / 50 + 4 * MEBIBYTE);
    }
  }

  @Test
  void wrongHintsCostTimeOnly() throws IOException {
    try (DurableLog log = open()) {
      append(log, 1, DOCUMENTS);
    }
    byte[] good = Files.readAllBytes(hints());
    List<SeekHints.Hint> right = SeekHints.before(samples().files(1, 0).getFirst(), DOCUMENTS);
    assertThat(right).hasSizeGreaterThan(15);
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      byte[] bad = good.clone();
      switch (round % 4) {
        case 0 -> bad = new byte[random.nextInt(200)];
        case 1 -> {
          for (int i = 0; i < 30; i++) {
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
          }
        }
        case 2 -> bad = Arrays.copyOf(good, random.nextInt(good.length));
        default -> bad = misleading(right, random);
      }
      Files.write(hints(), bad);
      assertReads(random.nextInt(DOCUMENTS + 1), DOCUMENTS);
    }
    Files.delete(hints());
    assertReads(1500, DOCUMENTS);
    assertThat(bytesRead).isGreaterThan((long) DOCUMENTS * SIZE);
  }

  /** Hints with sound checksums for places where other documents are, or none. */
  private byte[] misleading(List<SeekHints.Hint> right, Random random) throws IOException {
    Path other = folder.resolve("other.cq4");
    try (SeekHints hints = new SeekHints(other)) {
      for (SeekHints.Hint hint : right.reversed()) {
        boolean isPlace = random.nextBoolean();
        hints.written(
            hint.sequence() + (isPlace ? 1 : 0),
            hint.offset() + (isPlace ? 0 : random.nextInt(99)));
      }
    }
    Path written = folder.resolve("other.cq4.seek");
    byte[] bytes = Files.readAllBytes(written);
    Files.delete(written);
    return bytes;
  }

  @Test
  void filesBeforeThePositionAreNotLookedAt() throws IOException {
    try (DurableLog log = open()) {
      for (int i = 0; i < 5; i++) {
        append(log, 400 * i + 1, 400 * i + 400);
        wall.addAndGet(2 * 3_600_000);
      }
    }
    assertThat(samples().files(1, 0)).hasSize(5);
    assertReads(1450, 2000);
    assertThat(bytesRead).isLessThan(550 * SIZE + 8 * MEBIBYTE);

    Files.write(samples().files(1, 0).get(1), new byte[5000]);
    assertReads(1450, 2000);
    assertThat(readAfter(0)).hasSize(400);
  }

  @Test
  void unreadableHeaderIsFoundByWhatComesBeforeIt() throws IOException {
    try (DurableLog log = open()) {
      for (int i = 0; i < 3; i++) {
        append(log, 100 * i + 1, 100 * i + 100);
        wall.addAndGet(2 * 3_600_000);
      }
    }
    Path third = samples().files(1, 0).get(2);
    Files.write(third, new byte[5000]);
    assertThat(readAfter(150)).hasSize(50).startsWith(151);
    assertThat(readAfter(250)).isEmpty();
  }

  @Test
  void olderEpochsAreNotLookedAt() throws IOException {
    try (DurableLog log = open()) {
      append(log, 1, 50);
    }
    Position position;
    try (DurableLog log = open()) {
      append(log, 1, 3);
      position = log.end(0);
      append(log, 4, 5);
      Files.write(samples().files(1, 0).getFirst(), new byte[5000]);
      List<Integer> found = new ArrayList<>();
      assertThat(log.read(0, position, (at, document) -> found.add(number(document)))).isEmpty();
      assertThat(found).containsExactly(4, 5);
    }
  }

  @Test
  void readingEndsWhereTheLogEndedWhenItBegan() {
    try (DurableLog log = open()) {
      append(log, 1, 5);
      List<Integer> found = new ArrayList<>();
      List<String> said =
          log.read(
              0,
              Position.start(0),
              (at, document) -> {
                found.add(number(document));
                append(log, 5 + found.size(), 5 + found.size());
              });
      assertThat(found).containsExactly(1, 2, 3, 4, 5);
      assertThat(said).isEmpty();
    }
  }

  @Test
  void hintsGoWithTheirFile() throws IOException {
    try (DurableLog log = open()) {
      append(log, 1, 300);
      Path hints = hints();
      assertThat(hints).exists();
      wall.addAndGet(2 * 3_600_000);
      append(log, 301, 302);
      log.trim(new Position(0, 1, 300));
      assertThat(hints).doesNotExist();
      assertReads(300, 302);
    }
  }

  @Test
  void hintIsWrittenAsTheFormatSays() throws IOException {
    Path file = folder.resolve("x.cq4");
    try (SeekHints hints = new SeekHints(file)) {
      hints.written(7, 100);
      hints.written(0x0102030405060708L, 0x112233);
    }
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("x.cq4.seek"))))
        .isEqualTo("4e54585345454b01" + "0807060504030201" + "3322110000000000" + "60632078");
  }
}
