package io.narthex.tck.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KeyedLogStore} must do. A test class of yours extends this one and says how a
 * store is made.
 */
public abstract class KeyedLogStoreContract {
  private static final String NAME = "contract-1";
  private static final long SEED = 20_261_125;

  /**
   * A store; called again in the same test it stands for the next start of the process and finds
   * what the one before kept. The logs of the one before are closed by then.
   */
  protected abstract KeyedLogStore start();

  @Test
  void lastValueOfEachKeyIsKeptOverStarts() {
    try (KeyedLog log = start().open(NAME)) {
      log.put("a", bytes("1"));
      log.put("b", bytes("2"));
      log.put("a", bytes("3"));
      assertThat(texts(log)).isEqualTo(Map.of("a", "3", "b", "2"));
    }
    for (int i = 0; i < 3; i++) {
      try (KeyedLog log = start().open(NAME)) {
        assertThat(texts(log)).isEqualTo(Map.of("a", "3", "b", "2"));
        assertThat(texts(log)).as("read again").isEqualTo(Map.of("a", "3", "b", "2"));
      }
    }
  }

  @Test
  void removedKeyStaysAway() {
    try (KeyedLog log = start().open(NAME)) {
      log.put("a", bytes("1"));
      log.put("b", bytes("2"));
      log.remove("a");
      log.remove("never there");
      assertThat(texts(log)).isEqualTo(Map.of("b", "2"));
    }
    try (KeyedLog log = start().open(NAME)) {
      assertThat(texts(log)).isEqualTo(Map.of("b", "2"));
      log.put("a", bytes("4"));
    }
    try (KeyedLog log = start().open(NAME)) {
      assertThat(texts(log)).isEqualTo(Map.of("a", "4", "b", "2"));
    }
  }

  @Test
  void takesAnyKeyAndAnySize() {
    Random random = new Random(SEED);
    byte[] large = new byte[3_000_001];
    random.nextBytes(large);
    String key = "{job=\"ünï 🚀\"}\n" + "k".repeat(KeyedLog.MAX_KEY_BYTES - 40);
    try (KeyedLog log = start().open(NAME)) {
      log.put(key, large);
      log.put("", new byte[0]);
    }
    try (KeyedLog log = start().open(NAME)) {
      Map<String, byte[]> values = values(log);
      assertThat(values).containsOnlyKeys(key, "");
      assertThat(values.get(key)).isEqualTo(large);
      assertThat(values.get("")).isEmpty();
    }
  }

  @Test
  void valuesHandedInAndOutAreIndependent() {
    try (KeyedLog log = start().open(NAME)) {
      byte[] value = bytes("before");
      log.put("a", value);
      value[0] = 'x';
      values(log).values().forEach(out -> out[1] = (byte) 0);

      assertThat(texts(log)).isEqualTo(Map.of("a", "before"));
    }
  }

  @Test
  void manyOverwritesKeepTheLast() {
    Random random = new Random(SEED);
    Map<String, String> expected = new TreeMap<>();
    for (int start = 0; start < 4; start++) {
      try (KeyedLog log = start().open(NAME)) {
        assertThat(texts(log)).isEqualTo(expected);
        for (int i = 0; i < 400; i++) {
          String key = "k" + random.nextInt(20);
          if (random.nextInt(5) == 0) {
            log.remove(key);
            expected.remove(key);
          } else {
            String value = "v".repeat(random.nextInt(60_000)) + i;
            log.put(key, bytes(value));
            expected.put(key, value);
          }
        }
        assertThat(texts(log)).isEqualTo(expected);
      }
    }
  }

  @Test
  void tooLargeIsRefusedAndTheOldStays() {
    try (KeyedLog log = start().open(NAME)) {
      log.put("a", bytes("1"));
      assertFails(
          LogErrors.DOCUMENT_SIZE, () -> log.put("a", new byte[KeyedLog.MAX_VALUE_BYTES + 1]));
      assertFails(
          LogErrors.DOCUMENT_SIZE,
          () -> log.put("k".repeat(KeyedLog.MAX_KEY_BYTES + 1), new byte[0]));
      assertThat(texts(log)).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void nameIsOpenOnceAndFreeAfterClosing() {
    KeyedLogStore store = start();
    KeyedLog log = store.open(NAME);
    assertFails(LogErrors.OPEN, () -> store.open(NAME));
    log.close();
    log.close();
    assertFails(LogErrors.CLOSED, () -> log.put("a", bytes("1")));
    store.open(NAME).close();
  }

  @Test
  void fenceGrowsWithEachOpening() {
    KeyedLogStore store = start();
    long before = Long.MIN_VALUE;
    for (int i = 0; i < 4; i++) {
      try (KeyedLog log = store.open(NAME)) {
        assertThat(log.fence()).isGreaterThan(before).isEqualTo(log.fence());
        before = log.fence();
        log.put("a", bytes("" + i));
      }
      store = i == 1 ? start() : store;
    }
  }

  @Test
  void valuesBelongToWhoReadThem() {
    try (KeyedLog log = start().open(NAME)) {
      byte[] value = bytes("before");
      log.put("a", value);
      value[0] = 'x';
      log.read((key, read) -> read[0] = 'y');
      assertThat(texts(log)).isEqualTo(Map.of("a", "before"));
    }
  }

  @Test
  void closedLogRefusesEverything() {
    KeyedLog log = start().open(NAME);
    log.close();
    assertFails(LogErrors.CLOSED, () -> log.remove("a"));
    assertFails(LogErrors.CLOSED, () -> log.read((key, value) -> {}));
  }

  @Test
  void namesAreApart() {
    KeyedLogStore store = start();
    try (KeyedLog one = store.open("contract-1");
        KeyedLog two = store.open("contract-2")) {
      one.put("a", bytes("1"));
      two.put("a", bytes("2"));
      assertThat(texts(one)).isEqualTo(Map.of("a", "1"));
      assertThat(texts(two)).isEqualTo(Map.of("a", "2"));
    }
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NarthexException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static Map<String, byte[]> values(KeyedLog log) {
    Map<String, byte[]> values = new TreeMap<>();
    assertThat(log.read(values::put)).isEmpty();
    return values;
  }

  private static Map<String, String> texts(KeyedLog log) {
    Map<String, String> texts = new TreeMap<>();
    values(log).forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
