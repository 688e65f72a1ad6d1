package io.narthex.tck.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import org.junit.jupiter.api.Test;

class InMemoryKeyedLogStoreContractTest extends KeyedLogStoreContract {
  private InMemoryKeyedLogStore store = new InMemoryKeyedLogStore();

  @Override
  protected KeyedLogStore start() {
    store = store.next();
    return store;
  }

  @Test
  void whoWasTakenOverWritesNothing() {
    try (KeyedLog log = store.open("a")) {
      log.put("k", new byte[1]);
      store.takeOver("a");
      assertThatThrownBy(() -> log.put("k", new byte[2]))
          .isInstanceOfSatisfying(
              NarthexException.class, e -> assertThat(e.code()).isEqualTo(LogErrors.FENCED));
      log.read((key, value) -> assertThat(value).hasSize(1));
    }
  }

  @Test
  void failedWriteChangesNothing() {
    try (KeyedLog log = store.open("a")) {
      store.failWrites(1);
      assertThatThrownBy(() -> log.put("k", new byte[2])).isInstanceOf(NarthexException.class);
      log.put("l", new byte[3]);
      log.read((key, value) -> assertThat(key).isEqualTo("l"));
    }
  }
}
