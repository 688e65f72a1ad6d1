package io.narthex.runtime.internal.scope;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a thread. */
record OwnedThread(Thread thread) implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(OwnedThread.class);

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    // A scope may be closed by the very thread it owns.
    if (thread != Thread.currentThread()) {
      thread.join(OwnedThreads.WAIT_MILLIS);
      if (thread.isAlive()) {
        logger
            .atWarn()
            .addKeyValue("thread", thread.getName())
            .log("a thread does not end after it was interrupted");
      }
    }
  }
}
