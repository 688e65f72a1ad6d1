package io.narthex.http.api.internal;

import io.narthex.api.storage.Querier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A querier that one thread reads from and another may close when its client is gone. */
final class OpenRead implements AutoCloseable {
  private @Nullable Querier querier;
  private boolean closed;

  /** Opens the querier, or gives null if this was closed before. */
  @Nullable Querier open(Supplier<Querier> opener) {
    if (isClosed()) {
      return null;
    }
    // Not under the lock: the event loop, which closes, must not wait for the storage.
    Querier opened = opener.get();
    if (keep(opened)) {
      return opened;
    }
    opened.close();
    return null;
  }

  /** Ends what is read. Closing twice does nothing. */
  @Override
  public void close() {
    Querier open = take();
    if (open != null) {
      open.close();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized boolean keep(Querier opened) {
    if (!closed) {
      querier = opened;
    }
    return !closed;
  }

  private synchronized @Nullable Querier take() {
    closed = true;
    Querier open = querier;
    querier = null;
    return open;
  }
}
