package io.narthex.runtime.internal.scope;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an executor: interrupts what runs, and waits a little so that nothing of the bundle runs
 * when it is gone.
 */
record OwnedThreads(String name, ExecutorService executor) implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(OwnedThreads.class);

  /** Several pools may have to be waited for within the 5 s that a stop may take. */
  static final long WAIT_MILLIS = 1_500;

  @Override
  public void close() throws InterruptedException {
    executor.shutdownNow();
    if (!executor.awaitTermination(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
      logger
          .atWarn()
          .addKeyValue("pool", name)
          .log("a thread does not end after it was interrupted");
    }
  }
}
