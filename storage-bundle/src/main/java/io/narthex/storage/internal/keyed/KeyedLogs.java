package io.narthex.storage.internal.keyed;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.PluginGuard;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/** Keyed logs on the durable logs of whatever keeps those. */
@Component(service = KeyedLogStore.class, immediate = true)
public final class KeyedLogs implements KeyedLogStore {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

  private final Function<String, DurableLog> logs;
  private final Set<KeyedLog> open = ConcurrentHashMap.newKeySet();

  /** Keyed logs of this server. */
  @Activate
  public KeyedLogs(
      @Reference PluginGuard guard,
      @Reference(scope = ReferenceScope.PROTOTYPE) ComponentServiceObjects<LogStore> logStores) {
    this(name -> openGuarded(guard, logStores, name));
  }

  KeyedLogs(Function<String, DurableLog> logs) {
    this.logs = logs;
  }

  private static DurableLog openGuarded(
      PluginGuard guard, ComponentServiceObjects<LogStore> logStores, String name) {
    try {
      return guard.call(logStores, "open log", OPEN_LIMIT, store -> store.open(name)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof NarthexException known
          ? known
          : new NarthexException(LogErrors.OPEN, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public KeyedLog open(String name) {
    DurableLog log = logs.apply(name);
    try {
      KeyedLog keys = new LogBackedKeys(name, log, open::remove);
      open.add(keys);
      return keys;
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** Closes those that are still open, so that their names are free for who comes next. */
  @Deactivate
  void close() {
    open.forEach(KeyedLog::close);
  }
}
