package io.narthex.alerting.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.PluginGuard;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
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
    Handover handover = new Handover();
    try {
      guard
          .call(
              stores,
              "open state",
              OPEN_LIMIT,
              store -> {
                handover.offer(store.open(name));
                return name;
              })
          .join();
    } catch (CompletionException e) {
      // It may have been opened in the moment in which the call was given up.
      if (handover.abandon().isEmpty()) {
        throw e.getCause() instanceof NarthexException known
            ? known
            : new NarthexException(LogErrors.OPEN, String.valueOf(e.getMessage()), e);
      }
    }
    return handover.abandon().orElseThrow();
  }

  /** A log on its way here; one that comes when nobody waits any more is closed again. */
  private final class Handover {
    private @Nullable KeyedLog opened;
    private boolean abandoned;

    synchronized void offer(KeyedLog log) {
      if (abandoned) {
        log.close();
        return;
      }
      opened = log;
      keep(log, stores.getService());
    }

    /** What has come; nothing is taken after this. */
    synchronized Optional<KeyedLog> abandon() {
      abandoned = true;
      return Optional.ofNullable(opened);
    }
  }

  private synchronized void keep(KeyedLog log, KeyedLogStore store) {
    open.add(log);
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
