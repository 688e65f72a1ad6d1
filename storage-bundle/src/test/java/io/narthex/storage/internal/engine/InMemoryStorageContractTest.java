package io.narthex.storage.internal.engine;

import io.narthex.api.storage.Storage;
import io.narthex.tck.log.InMemoryLogStore;
import io.narthex.tck.storage.StorageContract;
import java.time.Duration;

class InMemoryStorageContractTest extends StorageContract {
  private final TestClock clock = new TestClock();
  private InMemoryLogStore store = new InMemoryLogStore();
  private HeadStorage current;

  @Override
  protected Storage start() {
    store = store.next();
    current = Storages.start(store, clock).storage();
    return current;
  }

  @Override
  protected void stop() {
    current.stop(Duration.ofSeconds(5));
  }

  @Override
  protected int maxExemplars() {
    return Storages.MAX_EXEMPLARS;
  }

  @Override
  protected long now() {
    return clock.wallMillis();
  }
}
