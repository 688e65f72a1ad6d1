package io.narthex.storage.internal.engine;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was appended to the disk now and then, so that a loss of power costs no more than
 * what came since. For use by one thread; the count by any.
 */
final class LogSync implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(LogSync.class);

  private final DurableLog log;
  private final AtomicLong failures = new AtomicLong();
  private @Nullable String lastFailure;

  LogSync(DurableLog log) {
    this.log = log;
  }

  /** Syncs once; what goes wrong is logged when it begins, and counted. */
  @Override
  public void run() {
    try {
      log.sync();
      if (lastFailure != null) {
        lastFailure = null;
        logger.atInfo().log("the log is synced again");
      }
    } catch (NarthexException e) {
      failures.incrementAndGet();
      if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
        lastFailure = String.valueOf(e.getMessage());
        logger
            .atError()
            .addKeyValue("err", lastFailure)
            .log("the log cannot be synced: a loss of power would cost more than it should");
      }
    }
  }

  long failures() {
    return failures.get();
  }
}
