package io.narthex.storage.internal.log;

import io.narthex.spi.log.LogStore;
import io.narthex.tck.log.LogReaderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ChronicleLogReaderContractTest extends LogReaderContract {
  @TempDir Path folder;

  @Override
  protected LogStore start() {
    return ChronicleLogStore.in(folder, 2, System::currentTimeMillis);
  }
}
