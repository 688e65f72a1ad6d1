package io.narthex.storage.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log whose files were damaged gives every document before the damage, none that was changed, and
 * says so.
 */
class DamagedLogTest {
  private static final long HOUR = 3_600_000;
  private static final int DOCUMENTS = 60;

  @TempDir Path folder;
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final List<byte[]> documents = new ArrayList<>();

  /** Two epochs; the first has two files. */
  @BeforeEach
  void write() {
    Random random = new Random(3);
    for (int i = 0; i < DOCUMENTS; i++) {
      byte[] bytes = new byte[1 + random.nextInt(3000)];
      random.nextBytes(bytes);
      documents.add(bytes);
    }
    try (DurableLog log = open()) {
      append(log, 0, 20);
      wall.addAndGet(3 * HOUR);
      append(log, 20, 40);
    }
    try (DurableLog log = open()) {
      append(log, 40, DOCUMENTS);
    }
  }

  private DurableLog open() {
    return ChronicleLogStore.in(folder, 1, wall::get).open("samples");
  }

  private void append(DurableLog log, int from, int to) {
    for (int i = from; i < to; i++) {
      log.append(0, MemorySegment.ofArray(documents.get(i))).toCompletableFuture().join();
    }
  }

  private record Result(List<byte[]> documents, List<String> problems) {}

  /** What is damaged is set aside, and not told again. */
  private Result readAll() {
    Result first = readOnce();
    Result second = readOnce();
    assertThat(second.problems()).as("told again").isEmpty();
    assertThat(second.documents()).containsExactlyElementsOf(first.documents());
    return first;
  }

  private Result readOnce() {
    try (DurableLog log = open()) {
      List<byte[]> found = new ArrayList<>();
      List<String> problems =
          log.read(
              0,
              Position.start(0),
              (position, document) -> found.add(document.toArray(ValueLayout.JAVA_BYTE)));
      return new Result(found, problems);
    }
  }

  private List<Path> files() throws IOException {
    LogFolder log = new LogFolder(folder.resolve("samples"));
    List<Path> files = new ArrayList<>(log.files(1, 0));
    files.addAll(log.files(2, 0));
    return files;
  }

  /** Where the bytes of a document lie in its file. */
  private long offset(Path file, int document) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] wanted = documents.get(document);
    return IntStream.range(0, bytes.length - wanted.length)
        .filter(i -> Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length))
        .findFirst()
        .orElseThrow();
  }

  private static void change(Path file, long offset, int... values) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(offset);
      for (int value : values) {
        raw.write(value);
      }
    }
  }

  private void assertRead(Result result, int[]... ranges) {
    List<byte[]> expected =
        Arrays.stream(ranges)
            .flatMap(range -> documents.subList(range[0], range[1]).stream())
            .toList();
    assertThat(result.documents()).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Arrays.equals(result.documents().get(i), expected.get(i)))
          .as("document %d", i)
          .isTrue();
    }
  }

  @Test
  void soundLogIsReadWithoutComplaint() throws IOException {
    assertThat(files()).hasSize(3);
    Result result = readAll();
    assertRead(result, new int[] {0, 60});
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void flippedBitCutsTheEpochThere() throws IOException {
    Path file = files().get(0);
    long at = offset(file, 7);
    change(file, at, ~documents.get(7)[0]);

    Result result = readAll();
    assertRead(result, new int[] {0, 7}, new int[] {40, 60});
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains("the checksum of a document is wrong at byte");
  }

  @Test
  void missingPageInTheMiddleIsNoticed() throws IOException {
    Path file = files().get(2);
    long at = offset(file, 50);
    change(file, at - 4 - 6, new int[10]);

    Result result = readAll();
    assertRead(result, new int[] {0, 50});
    assertThat(result.problems()).singleElement().asString().contains("unreadable data at byte");
  }

  @Test
  void lostEndOfAFileIsNoticedByTheNext() throws IOException {
    Path file = files().get(0);
    long at = offset(file, 15);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(at - 10);
      raw.setLength(at + 100_000);
    }
    Result result = readAll();
    assertRead(result, new int[] {0, 15}, new int[] {40, 60});
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains("documents 16 to 20 are missing before it");
  }

  @Test
  void unfinishedDocumentIsNoDocument() throws IOException {
    Path file = files().get(2);
    long at = offset(file, 59);
    long word = at - 4 - 1 - 1 - 4;
    change(file, word + 3, 0x80);

    Result result = readAll();
    assertRead(result, new int[] {0, 59});
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains("a document was not finished at byte " + word);
  }

  @Test
  void documentWhoseWordWasNotSetYetIsNotFinished() throws IOException {
    Path file = files().get(2);
    long word = offset(file, 59) - 4 - 1 - 1 - 4;
    change(file, word, 0, 0, 0, 0);

    Result result = readAll();
    assertRead(result, new int[] {0, 59});
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains("a document was not finished at byte " + word);
  }

  @Test
  void documentThatTurnsIntoOneOfChroniclesOwnIsMissed() throws IOException {
    Path file = files().get(2);
    long word = offset(file, 50) - 4 - 1 - 1 - 4;
    change(file, word + 3, 0x40);

    Result result = readAll();
    assertRead(result, new int[] {0, 50});
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains("document 12 stands where 11 should");
  }

  @Test
  void foreignFileIsLeftOut() throws IOException {
    Path file = files().get(0);
    byte[] foreign = new byte[5000];
    Arrays.fill(foreign, (byte) 'x');
    Files.write(file, foreign);

    Result result = readAll();
    assertRead(result, new int[] {40, 60});
    assertThat(result.problems())
        .containsExactly(problem(file, "a document of 947419256 bytes does not fit at byte 0"));
  }

  private static String problem(Path file, String what) {
    return "%s: %s; what follows in this epoch is left out".formatted(file, what);
  }

  @Test
  void fileWithoutAHeaderIsSaidIfAnotherComesAfterIt() throws IOException {
    Path file = files().getFirst();
    Files.write(file, new byte[5000]);
    Result result = readAll();
    assertRead(result, new int[] {40, 60});
    assertThat(result.problems()).containsExactly(problem(file, "it has no header"));
  }

  @Test
  void fileWithoutAHeaderAtTheEndIsNoDamage() throws IOException {
    Files.write(files().getLast(), new byte[5000]);
    Result result = readAll();
    assertRead(result, new int[] {0, 40});
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void truncatedFileIsReadUpToItsLastWholeDocument() throws IOException {
    Path file = files().get(1);
    long word = offset(file, 30) - 4 - 1 - 1 - 4;
    int length = documents.get(30).length + 6;
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(word + 20);
    }
    Result result = readAll();
    assertRead(result, new int[] {0, 30}, new int[] {40, 60});
    assertThat(result.problems())
        .containsExactly(
            problem(
                file, "a document of %d bytes does not fit at byte %d".formatted(length, word)));
  }

  @Test
  void headerOfALaterFormatIsRefused() throws IOException {
    Path file = files().get(2);
    byte[] bytes = Files.readAllBytes(file);
    byte[] header = FileHeader.of(2, 0).encode().toArray(ValueLayout.JAVA_BYTE);
    int at =
        IntStream.range(0, 100_000)
            .filter(i -> Arrays.equals(bytes, i, i + 8, header, 0, 8))
            .findFirst()
            .orElseThrow();
    header[8] = 2;
    byte[] frame = new byte[100];
    int length = Frame.encode(frame, Frame.HEADER, 1, MemorySegment.ofArray(header));
    System.arraycopy(frame, 0, bytes, at - 6, length);
    Files.write(file, bytes);

    assertThatThrownBy(this::readAll)
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.OPEN))
        .hasMessage(
            file
                + " has log format 2.0, this version reads 1.x: use the version that wrote it or a"
                + " newer one");
  }

  @Test
  void clockThatStepsBackBetweenStartsChangesNoOrder() throws IOException {
    wall.addAndGet(-100 * HOUR);
    documents.add(new byte[] {1});
    try (DurableLog log = open()) {
      append(log, DOCUMENTS, DOCUMENTS + 1);
    }
    Result result = readAll();
    assertRead(result, new int[] {0, DOCUMENTS + 1});
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void logThatSomebodyHasOpenIsRefused() {
    try (DurableLog log = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.OPEN))
          .hasMessage(
              "the log in %s cannot be opened: this process has it open already"
                  .formatted(folder.resolve("samples")));
      assertThat(log.epoch()).isEqualTo(3);
    }
    open().close();
  }

  @Test
  void folderThatIsAFileIsRefused() throws IOException {
    Path file = folder.resolve("more");
    Files.write(file, new byte[1]);
    assertThatThrownBy(() -> ChronicleLogStore.in(folder, 1, wall::get).open("more"))
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.OPEN))
        .hasMessage("the log in %s cannot be opened: it is a file: %s".formatted(file, file));
  }

  @Test
  void fileOfAnotherEpochIsLeftOut() throws IOException {
    List<Path> files = files();
    Files.copy(files.get(2), files.get(0).resolveSibling("20990101-00II.cq4"));

    Result result = readAll();
    assertRead(result, new int[] {0, 60});
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains("it belongs to epoch 2, partition 0");
  }

  @Test
  void anyDamageGivesOnlyGoodDocuments() throws IOException {
    Path file = files().get(1);
    byte[] good = Files.readAllBytes(file);
    long first = offset(file, 20) - 60;
    long end = offset(file, 39) + documents.get(39).length;
    Random random = new Random(5);
    for (int round = 0; round < 150; round++) {
      byte[] bad = good.clone();
      if (round % 3 == 0) {
        int from = (int) (first + random.nextLong(end - first));
        bad = Arrays.copyOf(Arrays.copyOf(bad, from), round % 2 == 0 ? from : good.length);
      } else {
        int at = (int) (first + random.nextLong(end - first));
        bad[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bad);
      List<byte[]> found = new ArrayList<>();
      List<String> problems = new ArrayList<>();
      new PartitionReader(new LogFolder(folder.resolve("samples")), 1, 0, problems)
          .read(0, (position, document) -> found.add(document.toArray(ValueLayout.JAVA_BYTE)));

      assertThat(found.size()).isBetween(20, 40);
      for (int i = 0; i < found.size(); i++) {
        assertThat(Arrays.equals(found.get(i), documents.get(i)))
            .as("round %d document %d", round, i)
            .isTrue();
      }
      if (round % 3 != 0) {
        assertThat(found.size() < 40 ? problems : List.of("nothing lost"))
            .as("round %d", round)
            .isNotEmpty();
      }
    }
  }

  @Test
  void trimDeletesWholeFilesOnly() throws IOException {
    try (DurableLog log = open()) {
      log.trim(new Position(0, 1, 19));
      assertThat(files()).hasSize(3);
      log.trim(new Position(0, 1, 20));
      assertThat(files()).hasSize(2);
      log.trim(new Position(0, 2, 1));
      assertThat(files()).hasSize(1);
      assertThat(Files.exists(folder.resolve("samples/000001"))).isFalse();
    }
    Result result = readAll();
    assertRead(result, new int[] {40, 60});
    assertThat(result.problems()).isEmpty();
  }
}
