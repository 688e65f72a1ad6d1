package io.narthex.storage.internal.engine;

import io.narthex.api.storage.Storage;
import io.narthex.tck.log.InMemoryLogStore;
import io.narthex.tck.storage.StorageContract;
import java.time.Duration;

/** The storage on a log of several partitions that is done with appends later. */
class DelayedStorageContractTest extends StorageContract {
  private final TestClock clock = new TestClock();
  private InMemoryLogStore store = InMemoryLogStore.delayed(6, 3, Duration.ofNanos(300_000));
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
