package io.narthex.storage.internal.log;

import io.narthex.spi.log.LogStore;
import io.narthex.tck.log.LogStoreContract;

class InMemoryLogStoreTest extends LogStoreContract {
  private InMemoryLogStore store = new InMemoryLogStore();

  @Override
  protected LogStore start() {
    store = store.next();
    return store;
  }
}
