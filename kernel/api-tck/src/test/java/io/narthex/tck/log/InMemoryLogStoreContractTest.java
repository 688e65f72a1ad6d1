package io.narthex.tck.log;

import io.narthex.spi.log.LogStore;

class InMemoryLogStoreContractTest extends LogStoreContract {
  private InMemoryLogStore store = new InMemoryLogStore();

  @Override
  protected LogStore start() {
    store = store.next();
    return store;
  }
}
