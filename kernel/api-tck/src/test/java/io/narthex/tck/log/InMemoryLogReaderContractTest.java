package io.narthex.tck.log;

import io.narthex.spi.log.LogStore;

class InMemoryLogReaderContractTest extends LogReaderContract {
  private InMemoryLogStore store = new InMemoryLogStore();

  @Override
  protected LogStore start() {
    store = store.next();
    return store;
  }
}
