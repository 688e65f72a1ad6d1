package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps logs on Chronicle Queue in {@code <data>/logs/<name>}, and syncs them every second. */
@Component(service = LogStore.class, immediate = true)
public final class ChronicleLogStore implements LogStore {
  private static final Logger logger = LoggerFactory.getLogger(ChronicleLogStore.class);
  private static final int PARTITIONS = 1;
  private static final long SYNC_MILLIS = 1000;

  private final Path folder;
  private final int partitions;
  private final LongSupplier wallMillis;
  private final ReaderEvents events;
  private final Map<String, ChronicleLog> open = new ConcurrentHashMap<>();

  /** The store of the server's data directory. */
  @Activate
  public ChronicleLogStore(
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this(
        flags.dataDirectory().resolve("logs"),
        PARTITIONS,
        clock::wallMillis,
        new ReaderMetrics(scope.metrics()));
    scope
        .scheduler("log-sync")
        .scheduleWithFixedDelay(this::syncAll, SYNC_MILLIS, SYNC_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A store that syncs only when told. */
  public static ChronicleLogStore in(Path folder, int partitions, LongSupplier wallMillis) {
    return new ChronicleLogStore(folder, partitions, wallMillis, ReaderEvents.NONE);
  }

  /** Not with as many parameters as the activated one has: DS would try it, and log an error. */
  ChronicleLogStore(Path folder, int partitions, LongSupplier wallMillis, ReaderEvents events) {
    this.folder = folder;
    this.partitions = partitions;
    this.wallMillis = wallMillis;
    this.events = events;
  }

  @Override
  public DurableLog open(String name) {
    if (!name.matches("[a-z0-9-]+")) {
      throw new NarthexException(
          LogErrors.OPEN,
          "a log is named by lower-case letters, digits and -, got \"%s\"".formatted(name));
    }
    synchronized (open) {
      if (open.containsKey(name)) {
        throw new NarthexException(
            LogErrors.OPEN, "the log \"%s\" is open already".formatted(name));
      }
      ChronicleLog log = openFolder(name);
      open.put(name, log);
      return log;
    }
  }

  private ChronicleLog openFolder(String name) {
    Path path = folder.resolve(name);
    try {
      return new ChronicleLog(path, partitions, wallMillis, events, () -> open.remove(name));
    } catch (InternalError | IllegalStateException e) {
      // What a mapping on a full disk looks like, and a queue that Chronicle made read-only for
      // want of file descriptors.
      throw new NarthexException(
          LogErrors.OPEN,
          "the log in %s cannot be written: the disk may be full, or the limit on open files too low (%s)"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private void syncAll() {
    open.forEach(
        (name, log) -> {
          try {
            log.sync();
          } catch (NarthexException e) {
            logger
                .atError()
                .addKeyValue("log", name)
                .addKeyValue("err", e.getMessage())
                .log("log not synced");
          }
        });
  }

  /** Closes the logs that are still open. */
  @Deactivate
  public void close() {
    open.values().forEach(ChronicleLog::close);
  }
}
