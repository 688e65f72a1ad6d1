package io.narthex.alerting.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.PluginGuard;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * The keyed logs of this bundle. The store is held as long as they are open: it would be free to go
 * otherwise, and its logs with it.
 */
final class StateLogs implements AutoCloseable {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

  private final PluginGuard guard;
  private final ComponentServiceObjects<KeyedLogStore> stores;
  private final List<KeyedLog> open = new ArrayList<>();
  private final List<KeyedLogStore> held = new ArrayList<>();

  StateLogs(PluginGuard guard, ComponentServiceObjects<KeyedLogStore> stores) {
    this.guard = guard;
    this.stores = stores;
  }

  KeyedLog open(String name) {
    try {
      KeyedLog log =
          guard
              .call(
                  stores,
                  "open state",
                  OPEN_LIMIT,
                  store -> {
                    KeyedLog opened = store.open(name);
                    hold(stores.getService());
                    return opened;
                  })
              .join();
      open.add(log);
      return log;
    } catch (CompletionException e) {
      throw e.getCause() instanceof NarthexException known
          ? known
          : new NarthexException(LogErrors.OPEN, String.valueOf(e.getMessage()), e);
    }
  }

  private synchronized void hold(KeyedLogStore store) {
    held.add(store);
  }

  @Override
  public synchronized void close() {
    open.forEach(KeyedLog::close);
    open.clear();
    held.forEach(stores::ungetService);
    held.clear();
  }
}
