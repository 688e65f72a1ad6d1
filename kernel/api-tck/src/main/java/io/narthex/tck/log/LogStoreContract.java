package io.narthex.tck.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import io.narthex.spi.log.Position;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LogStore} must do. A test class of yours extends this one and says how a store
 * is made.
 */
public abstract class LogStoreContract {
  private static final String NAME = "contract-1";

  /**
   * A store; called again in the same test it stands for the next start of the process and finds
   * what the one before kept. The logs of the one before are closed by then.
   */
  protected abstract LogStore start();

  /** A document read back. */
  protected record Read(Position position, String text) {}

  @Test
  void documentsAreReadBackInOrder() {
    try (DurableLog log = start().open(NAME)) {
      for (int partition = 0; partition < log.partitions(); partition++) {
        Position first = append(log, partition, "a" + partition);
        Position second = append(log, partition, "b" + partition);

        assertThat(second).isGreaterThan(first);
        assertThat(first.epoch()).isEqualTo(log.epoch());
        assertThat(read(log, Position.start(partition)))
            .containsExactly(new Read(first, "a" + partition), new Read(second, "b" + partition));
      }
    }
  }

  @Test
  void readingBeginsAfterThePosition() {
    try (DurableLog log = start().open(NAME)) {
      append(log, 0, "a");
      Position second = append(log, 0, "b");
      append(log, 0, "c");

      assertThat(texts(read(log, second))).containsExactly("c");
      assertThat(read(log, log.end(0))).isEmpty();
    }
  }

  @Test
  void documentIsCopiedBeforeAppendEnds() {
    try (DurableLog log = start().open(NAME)) {
      byte[] bytes = "before".getBytes(StandardCharsets.UTF_8);
      log.append(0, MemorySegment.ofArray(bytes)).toCompletableFuture().join();
      Arrays.fill(bytes, (byte) 'x');

      assertThat(texts(read(log, Position.start(0)))).containsExactly("before");
    }
  }

  @Test
  void endIsTheLastDocumentOfAnyEpoch() {
    Position last;
    try (DurableLog log = start().open(NAME)) {
      assertThat(log.end(0)).isEqualTo(Position.start(0));
      last = append(log, 0, "a");
      assertThat(log.end(0)).isEqualTo(last);
    }
    try (DurableLog log = start().open(NAME)) {
      assertThat(log.end(0)).isEqualTo(last);
      Position newer = append(log, 0, "b");
      assertThat(newer).isGreaterThan(last);
      assertThat(log.end(0)).isEqualTo(newer);
    }
  }

  @Test
  void everyStartIsAnEpochThatKeepsTheOlderOnes() {
    long epoch = 0;
    for (String text : List.of("a", "b", "c")) {
      try (DurableLog log = start().open(NAME)) {
        assertThat(log.epoch()).isGreaterThan(epoch);
        epoch = log.epoch();
        append(log, 0, text);
      }
    }
    try (DurableLog log = start().open(NAME)) {
      List<Read> all = read(log, Position.start(0));
      assertThat(texts(all)).containsExactly("a", "b", "c");
      assertThat(texts(read(log, all.get(0).position()))).containsExactly("b", "c");
    }
  }

  @Test
  void namesAreLogsOfTheirOwn() {
    LogStore store = start();
    try (DurableLog one = store.open("one");
        DurableLog two = store.open("two")) {
      append(one, 0, "in one");
      append(two, 0, "in two");

      assertThat(texts(read(one, Position.start(0)))).containsExactly("in one");
      assertThat(texts(read(two, Position.start(0)))).containsExactly("in two");
    }
  }

  @Test
  void nameCanBeOpenOnce() {
    LogStore store = start();
    try (DurableLog log = store.open(NAME)) {
      assertThat(log.partitions()).isPositive();
      assertCode(() -> store.open(NAME), LogErrors.OPEN);
    }
    store.open(NAME).close();
  }

  @Test
  void badNamesAreRefused() {
    LogStore store = start();
    for (String name : List.of("", "A", "a/b", "..", "a b")) {
      assertCode(() -> store.open(name), LogErrors.OPEN);
    }
  }

  @Test
  void largestDocumentsAreTaken() {
    try (DurableLog log = start().open(NAME)) {
      List<byte[]> written = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        byte[] bytes = new byte[DurableLog.MAX_DOCUMENT_BYTES - i];
        Arrays.fill(bytes, (byte) (i + 1));
        log.append(0, MemorySegment.ofArray(bytes)).toCompletableFuture().join();
        written.add(bytes);
      }
      List<byte[]> found = new ArrayList<>();
      log.read(
          0,
          Position.start(0),
          (position, document) -> found.add(document.toArray(ValueLayout.JAVA_BYTE)));

      assertThat(found).hasSize(written.size());
      for (int i = 0; i < found.size(); i++) {
        assertThat(Arrays.equals(found.get(i), written.get(i))).as("document %d", i).isTrue();
      }
    }
  }

  @Test
  void emptyAndTooLargeDocumentsAreRefused() {
    try (DurableLog log = start().open(NAME)) {
      for (int size : List.of(0, DurableLog.MAX_DOCUMENT_BYTES + 1)) {
        assertCode(
            () -> log.append(0, MemorySegment.ofArray(new byte[size])).toCompletableFuture().join(),
            LogErrors.DOCUMENT_SIZE);
      }
      append(log, 0, "a");
      assertThat(texts(read(log, Position.start(0)))).containsExactly("a");
    }
  }

  @Test
  void closedLogTakesNothing() {
    DurableLog log = start().open(NAME);
    log.close();
    log.close();

    assertCode(() -> append(log, 0, "a"), LogErrors.CLOSED);
  }

  @Test
  void trimKeepsWhatComesAfter() {
    Position upTo;
    try (DurableLog log = start().open(NAME)) {
      append(log, 0, "a");
      upTo = append(log, 0, "b");
    }
    try (DurableLog log = start().open(NAME)) {
      append(log, 0, "c");
      log.trim(upTo);
      append(log, 0, "d");

      assertThat(texts(read(log, Position.start(0)))).endsWith("c", "d");
      assertThat(texts(read(log, upTo))).containsExactly("c", "d");
    }
    try (DurableLog log = start().open(NAME)) {
      assertThat(texts(read(log, Position.start(0)))).endsWith("c", "d");
    }
  }

  @Test
  void whatTheReaderThrowsComesOut() {
    try (DurableLog log = start().open(NAME)) {
      append(log, 0, "a");
      assertThatThrownBy(
              () ->
                  log.read(
                      0,
                      Position.start(0),
                      (position, document) -> {
                        throw new IllegalStateException("enough");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("enough");
    }
  }

  @Test
  void interruptedThreadAppendsAsAnyOther() {
    try (DurableLog log = start().open(NAME)) {
      for (int i = 0; i < 20; i++) {
        Thread.currentThread().interrupt();
        byte[] bytes = new byte[300_000];
        log.append(0, MemorySegment.ofArray(bytes)).toCompletableFuture().join();
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        log.sync();
      }
      append(log, 0, "a");
      assertThat(read(log, Position.start(0))).hasSize(21);
    }
  }

  @Test
  void syncKeepsEverything() {
    try (DurableLog log = start().open(NAME)) {
      log.sync();
      append(log, 0, "a");
      log.sync();
      append(log, 0, "b");
      log.sync();

      assertThat(texts(read(log, Position.start(0)))).containsExactly("a", "b");
    }
  }

  /** Appends a text and waits for its position. */
  protected static Position append(DurableLog log, int partition, String text) {
    return log.append(partition, MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)))
        .toCompletableFuture()
        .join();
  }

  /** Reads all after a position; fails if something had to be left out. */
  protected static List<Read> read(DurableLog log, Position after) {
    List<Read> found = new ArrayList<>();
    List<String> problems =
        log.read(
            after.partition(),
            after,
            (position, document) ->
                found.add(
                    new Read(
                        position,
                        new String(
                            document.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))));
    assertThat(problems).isEmpty();
    return found;
  }

  /** The texts of what was read. */
  protected static List<String> texts(List<Read> read) {
    return read.stream().map(Read::text).toList();
  }

  private static void assertCode(ThrowingCallable action, ErrorCode code) {
    assertThatThrownBy(action)
        .satisfies(
            thrown -> {
              Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
              assertThat(cause)
                  .isInstanceOfSatisfying(
                      NarthexException.class, error -> assertThat(error.code()).isEqualTo(code));
            });
  }
}
