package io.narthex.tck.log;

import io.narthex.spi.log.LogStore;
import java.time.Duration;

class DelayedLogStoreContractTest extends LogStoreContract {
  private InMemoryLogStore store = InMemoryLogStore.delayed(20_261_125, 3, Duration.ofMillis(3));

  @Override
  protected LogStore start() {
    store = store.next();
    return store;
  }
}
