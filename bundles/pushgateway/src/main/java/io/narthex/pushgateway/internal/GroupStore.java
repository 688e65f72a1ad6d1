package io.narthex.pushgateway.internal;

import io.narthex.api.guard.PluginGuard;
import io.narthex.pushgateway.internal.group.Groups;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Opens the log of the groups with whatever store is there, and closes it when the store goes. All
 * of that happens on one thread, one after the other; a log that cannot be opened is tried again.
 */
final class GroupStore implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(GroupStore.class);

  static final String LOG = "pushgateway";

  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

  private final Groups groups;
  private final PluginGuard guard;
  private final ScheduledExecutorService thread;
  private final Duration retry;
  private volatile @Nullable ComponentServiceObjects<KeyedLogStore> store;
  private volatile boolean closed;
  private @Nullable KeyedLog log;

  /** A log that nobody may be waiting for any more when it is opened. */
  private static final class Handover {
    private @Nullable KeyedLog opened;
    private boolean abandoned;

    synchronized KeyedLog offer(KeyedLog log) {
      if (abandoned) {
        log.close();
      } else {
        opened = log;
      }
      return log;
    }

    synchronized void abandon() {
      abandoned = true;
      if (opened != null) {
        opened.close();
      }
    }
  }

  GroupStore(Groups groups, PluginGuard guard, ScheduledExecutorService thread, Duration retry) {
    this.groups = groups;
    this.guard = guard;
    this.thread = thread;
    this.retry = retry;
  }

  void bind(ComponentServiceObjects<KeyedLogStore> bound) {
    store = bound;
    later(() -> open(bound), Duration.ZERO);
  }

  void unbind(ComponentServiceObjects<KeyedLogStore> gone) {
    if (gone.equals(store)) {
      store = null;
    }
    later(
        () -> {
          if (store == null) {
            closeLog();
          }
        },
        Duration.ZERO);
  }

  private void later(Runnable task, Duration delay) {
    try {
      thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      logger.atDebug().addKeyValue("err", e.getMessage()).log("the pushgateway is stopping");
    }
  }

  private void open(ComponentServiceObjects<KeyedLogStore> from) {
    if (!from.equals(store) || closed) {
      return;
    }
    closeLog();
    Handover handover = new Handover();
    try {
      KeyedLog opened =
          guard
              .call(from, "open state", OPEN_LIMIT, service -> handover.offer(service.open(LOG)))
              .join();
      use(opened);
    } catch (RuntimeException e) {
      // Whatever it is, it must not end the trying.
      handover.abandon();
      Throwable cause = e.getCause();
      Throwable why = e instanceof CompletionException && cause != null ? cause : e;
      logger
          .atError()
          .addKeyValue("err", why.getMessage())
          .addKeyValue("retry", retry)
          .log("the log of the pushed groups cannot be opened");
      later(() -> open(from), retry);
    }
  }

  private synchronized void use(KeyedLog opened) {
    if (closed) {
      opened.close();
      return;
    }
    log = opened;
    groups.open(opened);
    logger
        .atLevel(groups.size() == 0 ? Level.DEBUG : Level.INFO)
        .addKeyValue("groups", groups.size())
        .log("pushed groups read");
  }

  private synchronized void closeLog() {
    groups.close();
    if (log != null) {
      log.close();
      log = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    closeLog();
  }
}
