package io.narthex.storage.internal.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.Position;
import io.narthex.spi.state.KeyedLog;
import io.narthex.tck.log.InMemoryLogStore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogBackedKeysTest {
  private static final String NAME = "keys";
  private static final int LARGE = 3 * KeyedDocument.MAX_PART_BYTES / 2;

  private InMemoryLogStore store = new InMemoryLogStore();

  @Test
  void valueCutShortByACrashLeavesTheOldOne() {
    try (KeyedLog keys = open()) {
      keys.put("a", new byte[] {1});
      store.failAppends(1, 1);
      assertThatThrownBy(() -> keys.put("a", new byte[LARGE]))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("no space left");

      assertThat(values(keys)).containsOnlyKeys("a");
      assertThat(values(keys).get("a")).containsExactly(1);
      keys.put("b", new byte[LARGE]);
    }
    store = store.next();
    try (KeyedLog keys = open()) {
      assertThat(values(keys).get("a")).containsExactly(1);
      assertThat(values(keys).get("b")).hasSize(LARGE);
    }
  }

  @Test
  void refusedRemovalLeavesTheKey() {
    try (KeyedLog keys = open()) {
      keys.put("a", new byte[] {1});
      store.failAppends(0, 1);
      assertThatThrownBy(() -> keys.remove("a")).isInstanceOf(NarthexException.class);
      assertThat(values(keys)).containsOnlyKeys("a");
      keys.remove("a");
      assertThat(values(keys)).isEmpty();
    }
  }

  @Test
  void failedRewritingAtTheOpeningKeepsWhatIsThere() {
    try (KeyedLog keys = open()) {
      keys.put("a", new byte[] {1});
      keys.put("b", new byte[] {2});
    }
    store = store.next();
    store.failAppends(1, 1);
    try (KeyedLog keys = open()) {
      assertThat(values(keys)).containsOnlyKeys("a", "b");
    }
    store = store.next();
    try (KeyedLog keys = open()) {
      assertThat(values(keys)).containsOnlyKeys("a", "b");
    }
  }

  @Test
  void overwrittenValuesAreLetGo() {
    DurableLog log = store.open(NAME);
    try (KeyedLog keys = new LogBackedKeys(NAME, log, closed -> {})) {
      keys.put("kept", new byte[] {7});
      for (int i = 0; i < 200; i++) {
        keys.put("a", new byte[100_000]);
      }
      List<Position> kept = new ArrayList<>();
      log.read(0, Position.start(0), (position, document) -> kept.add(position));

      assertThat(kept).hasSizeLessThan(100);
      assertThat(values(keys)).containsOnlyKeys("kept", "a");
    }
  }

  @Test
  void damagedDocumentIsNamedAndTheRestStays() {
    try (DurableLog log = store.open(NAME)) {
      log.append(0, new KeyedDocument("a", 1, 0, new byte[] {1}).encode());
      log.append(0, MemorySegment.ofArray(new byte[] {9, 9, 9}));
      log.append(0, new KeyedDocument("b", LARGE, LARGE - 1, new byte[] {1}).encode());
      log.append(0, new KeyedDocument("c", 1, 0, new byte[] {1}).encode());
    }
    store = store.next();
    try (KeyedLog keys = open()) {
      Map<String, byte[]> values = new TreeMap<>();
      List<String> problems = keys.read(values::put);

      assertThat(values).containsOnlyKeys("a", "c");
      assertThat(problems).hasSize(2);
      assertThat(problems.getFirst()).endsWith("it is shorter than its header");
      assertThat(problems.getLast()).endsWith("the part before it is not there");
    }
  }

  @Test
  void whatCannotBeReadWholeIsNotThrownAway() {
    try (DurableLog log = store.open(NAME)) {
      log.append(0, new KeyedDocument("a", 1, 0, new byte[] {1}).encode());
      log.append(0, MemorySegment.ofArray(new byte[] {9, 9, 9}));
    }
    store = store.next();
    open().close();
    store = store.next();
    List<Position> kept = new ArrayList<>();
    try (DurableLog log = store.open(NAME)) {
      log.read(0, Position.start(0), (position, document) -> kept.add(position));
    }
    assertThat(kept).extracting(Position::epoch).contains(1L);
  }

  @Test
  void randomBytesAreADocumentOrRefused() {
    Random random = new Random(20_261_125);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes =
          new KeyedDocument("key" + i, 10, random.nextInt(5), new byte[5])
              .encode()
              .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
      try {
        KeyedDocument.decode(MemorySegment.ofArray(cut));
        accepted++;
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
    assertThat(accepted).isBetween(6_000, 19_000);
  }

  private KeyedLog open() {
    return new LogBackedKeys(NAME, store.open(NAME), closed -> {});
  }

  private static Map<String, byte[]> values(KeyedLog keys) {
    Map<String, byte[]> values = new TreeMap<>();
    keys.read(values::put);
    return values;
  }
}
