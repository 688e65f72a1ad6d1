package io.narthex.storage.internal.keyed;

import io.narthex.spi.state.KeyedLogStore;
import io.narthex.storage.internal.log.ChronicleLogStore;
import io.narthex.tck.state.KeyedLogStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KeyedLogsContractTest extends KeyedLogStoreContract {
  @TempDir Path folder;

  @Override
  protected KeyedLogStore start() {
    return new KeyedLogs(ChronicleLogStore.in(folder, 1, System::currentTimeMillis)::open);
  }
}
