package io.narthex.storage.internal.engine;

import io.narthex.api.storage.Storage;
import io.narthex.storage.internal.log.ChronicleLogStore;
import io.narthex.tck.storage.StorageContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class ChronicleStorageContractTest extends StorageContract {
  private final TestClock clock = new TestClock();
  @TempDir Path folder;
  private HeadStorage current;

  @Override
  protected Storage start() {
    current = Storages.start(ChronicleLogStore.in(folder, 1, clock::wallMillis), clock).storage();
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
