package io.narthex.tck.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogReader;
import io.narthex.spi.log.LogReader.Start;
import io.narthex.spi.log.LogStore;
import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReadDocuments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What the named readers of every {@link LogStore} must do. A test class of yours extends this one
 * and says how a store is made.
 */
public abstract class LogReaderContract {
  private static final String NAME = "contract-2";
  private static final long LARGE = 1L << 40;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(20);

  /**
   * A store; called again in the same test it stands for the next start of the process and finds
   * what the one before kept. The logs of the one before are closed by then.
   */
  protected abstract LogStore start();

  @Test
  void newReaderBeginsWhereItIsTold() {
    try (DurableLog log = start().open(NAME)) {
      append(log, 0, "a");
      LogReader oldest = log.reader("oldest", LARGE, Start.OLDEST);
      LogReader newest = log.reader("newest", LARGE, Start.NEWEST);
      append(log, 0, "b");

      assertThat(texts(oldest, 0)).containsExactly("a", "b");
      assertThat(texts(newest, 0)).containsExactly("b");
      assertThat(texts(oldest, 0)).isEmpty();
    }
  }

  @Test
  void committedPositionSurvivesTheStartAndTheRestComesAgain() {
    try (DurableLog log = start().open(NAME)) {
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      Position first = append(log, 0, "a");
      append(log, 0, "b");
      assertThat(texts(reader, 0)).containsExactly("a", "b");
      reader.commit(first);
      assertThat(reader.state().committed()).startsWith(first);
    }
    try (DurableLog log = start().open(NAME)) {
      append(log, 0, "c");
      LogReader reader = log.reader("r", LARGE, Start.NEWEST);
      assertThat(texts(reader, 0)).containsExactly("b", "c");
    }
  }

  @Test
  void partitionsAreReadApart() {
    try (DurableLog log = start().open(NAME)) {
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      for (int i = 0; i < log.partitions(); i++) {
        append(log, i, "a" + i);
        append(log, i, "b" + i);
      }
      for (int i = 0; i < log.partitions(); i++) {
        assertThat(texts(reader, i)).containsExactly("a" + i, "b" + i);
        reader.commit(log.end(i));
      }
    }
    try (DurableLog log = start().open(NAME)) {
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      for (int i = 0; i < log.partitions(); i++) {
        assertThat(texts(reader, i)).isEmpty();
      }
    }
  }

  @Test
  void readsNoMoreThanItIsTold() {
    for (int epoch = 0; epoch < 3; epoch++) {
      try (DurableLog log = start().open(NAME)) {
        for (int i = 0; i < 3; i++) {
          append(log, 0, "%d-%d".formatted(epoch, i));
        }
      }
    }
    try (DurableLog log = start().open(NAME)) {
      append(log, 0, "last");
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      List<String> found = new ArrayList<>();
      for (int most : List.of(1, 3, 2, 4, 10)) {
        List<String> some = new ArrayList<>();
        ReadDocuments read = reader.read(0, most, (position, document) -> some.add(text(document)));
        assertThat(read.problems()).isEmpty();
        assertThat(read.count()).isEqualTo(some.size()).isLessThanOrEqualTo(most);
        found.addAll(some);
      }
      assertThat(found)
          .containsExactly("0-0", "0-1", "0-2", "1-0", "1-1", "1-2", "2-0", "2-1", "2-2", "last");
    }
  }

  @Test
  void readerHoldsWhatItHasNotPassed() {
    write("r", LARGE);
    try (DurableLog log = start().open(NAME)) {
      log.trim(append(log, 0, "c"));
      append(log, 0, "d");
      assertThat(all(log)).containsExactly("a", "b", "c", "d");
      assertThat(log.readers())
          .singleElement()
          .satisfies(
              state -> {
                assertThat(state.heldBytes()).isPositive();
                assertThat(state.message()).isEmpty();
                assertThat(state.open()).isFalse();
              });

      LogReader reader = log.reader("r", LARGE, Start.NEWEST);
      assertThat(texts(reader, 0)).containsExactly("a", "b", "c", "d");
      reader.commit(log.end(0));
      assertThat(all(log)).doesNotContain("a", "b").contains("d");
      assertThat(reader.state().heldBytes()).isZero();
    }
  }

  @Test
  void removedReaderHoldsNothing() {
    write("r", LARGE);
    try (DurableLog log = start().open(NAME)) {
      log.trim(append(log, 0, "c"));
      append(log, 0, "d");
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      assertCode(() -> log.removeReader("r"), LogErrors.OPEN);
      reader.close();
      log.removeReader("r");
      log.removeReader("r");

      assertThat(all(log)).doesNotContain("a", "b").contains("d");
      assertThat(log.readers()).isEmpty();
      log.reader("r", LARGE, Start.NEWEST);
    }
  }

  @Test
  void readerBehindItsBudgetIsCutLooseAndToldSo() {
    Position last = write("r", 1);
    try (DurableLog log = start().open(NAME)) {
      log.trim(append(log, 0, "c"));
      append(log, 0, "d");
      assertThat(all(log)).containsExactly("c", "d");
      assertThat(log.readers().getFirst().cutLoose()).isEqualTo(1);
    }
    for (int i = 0; i < 2; i++) {
      try (DurableLog log = start().open(NAME)) {
        assertThat(log.readers().getFirst().message())
            .isEqualTo(
                "the reader \"r\" was behind by more than the 1 bytes that are kept for it, and lost"
                    + " documents");
        LogReader reader = log.reader("r", 1, Start.OLDEST);
        List<String> found = new ArrayList<>();
        ReadDocuments read = reader.read(0, 9, (position, document) -> found.add(text(document)));
        assertThat(read.lost()).contains(new ReadDocuments.Lost(Position.start(0), last));
        assertThat(found).containsExactly("c", "d");
        assertThat(reader.read(0, 9, (position, document) -> {}).lost()).isEmpty();
      }
    }
    try (DurableLog log = start().open(NAME)) {
      LogReader reader = log.reader("r", 1, Start.OLDEST);
      assertThat(texts(reader, 0)).containsExactly("c", "d");
      reader.commit(log.end(0));
      assertThat(reader.state().message()).isEmpty();
    }
    try (DurableLog log = start().open(NAME)) {
      LogReader reader = log.reader("r", 1, Start.OLDEST);
      assertThat(reader.read(0, 9, (position, document) -> {}))
          .isEqualTo(new ReadDocuments(0, Optional.empty(), List.of()));
    }
  }

  /** Two documents of an older start, and a reader that has read nothing. */
  private Position write(String reader, long budget) {
    try (DurableLog log = start().open(NAME)) {
      log.reader(reader, budget, Start.OLDEST);
      append(log, 0, "a");
      return append(log, 0, "b");
    }
  }

  @Test
  void waitingEndsWhenThereIsMore() throws Exception {
    try (DurableLog log = start().open(NAME)) {
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      assertThat(reader.awaitMore(SHORT)).isFalse();
      for (int i = 0; i < 20; i++) {
        int partition = i % log.partitions();
        CompletableFuture<Boolean> woken = new CompletableFuture<>();
        Thread waiter = Thread.ofPlatform().start(() -> woken.complete(await(reader)));
        append(log, partition, "a");
        assertThat(woken.get()).isTrue();
        waiter.join();
        assertThat(texts(reader, partition)).containsExactly("a");
      }
      assertThat(reader.awaitMore(SHORT)).isFalse();
    }
  }

  private static boolean await(LogReader reader) {
    try {
      return reader.awaitMore(LONG);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void waitingEndsWhenTheLogIsClosed() throws Exception {
    DurableLog log = start().open(NAME);
    LogReader reader = log.reader("r", LARGE, Start.OLDEST);
    CompletableFuture<Boolean> woken = CompletableFuture.supplyAsync(() -> await(reader));
    log.close();
    assertThatThrownBy(woken::get)
        .cause()
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.CLOSED));
    assertCode(() -> reader.read(0, 1, (position, document) -> {}), LogErrors.CLOSED);
    assertCode(() -> reader.commit(Position.start(0)), LogErrors.CLOSED);
    reader.close();
  }

  @Test
  void commitsOnlyWhatWasRead() {
    try (DurableLog log = start().open(NAME)) {
      LogReader reader = log.reader("r", LARGE, Start.OLDEST);
      Position first = append(log, 0, "a");
      Position second = append(log, 0, "b");
      assertThatThrownBy(() -> reader.commit(first)).isInstanceOf(IllegalArgumentException.class);
      texts(reader, 0);
      reader.commit(second);
      reader.commit(first);
      assertThat(reader.state().committed()).startsWith(second);
    }
  }

  @Test
  void namesAndNumberAreBounded() {
    try (DurableLog log = start().open(NAME)) {
      for (String name : List.of("", "A", "a/b", "..", "x".repeat(65))) {
        assertCode(() -> log.reader(name, LARGE, Start.OLDEST), LogErrors.OPEN);
      }
      for (int i = 0; i < DurableLog.MAX_READERS; i++) {
        log.reader("r" + i, LARGE, Start.OLDEST).close();
      }
      assertCode(() -> log.reader("one-more", LARGE, Start.OLDEST), LogErrors.OPEN);
      try (LogReader reader = log.reader("r1", LARGE, Start.OLDEST)) {
        assertThat(reader.name()).isEqualTo("r1");
        assertCode(() -> log.reader("r1", LARGE, Start.OLDEST), LogErrors.OPEN);
      }
      log.removeReader("r2");
      log.reader("one-more", LARGE, Start.OLDEST);
    }
  }

  private static Position append(DurableLog log, int partition, String text) {
    return LogStoreContract.append(log, partition, text);
  }

  private static List<String> all(DurableLog log) {
    return LogStoreContract.texts(LogStoreContract.read(log, Position.start(0)));
  }

  private static String text(MemorySegment document) {
    return new String(document.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  private static List<String> texts(LogReader reader, int partition) {
    List<String> found = new ArrayList<>();
    reader.read(partition, 1000, (position, document) -> found.add(text(document)));
    return found;
  }

  private static void assertCode(ThrowingCallable action, ErrorCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            NarthexException.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
