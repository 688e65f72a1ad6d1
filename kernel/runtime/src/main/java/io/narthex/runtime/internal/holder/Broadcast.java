package io.narthex.runtime.internal.holder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest value of something, told to all who subscribed: in order, never two calls at a time,
 * and a subscriber that throws does not keep the others from hearing it.
 */
final class Broadcast<T> {
  private static final Logger logger = LoggerFactory.getLogger(Broadcast.class);

  private final List<Consumer<? super T>> listeners = new ArrayList<>();
  private @Nullable T value;

  synchronized @Nullable T get() {
    return value;
  }

  synchronized void set(T next) {
    value = next;
    List.copyOf(listeners).forEach(listener -> tell(listener, next));
  }

  /** Adds the listener, tells it the value of now, and gives back what removes it. */
  synchronized Runnable subscribe(Consumer<? super T> listener) {
    // Wrapped, so that the same listener may subscribe twice and each subscription ends by itself.
    Consumer<T> entry = listener::accept;
    listeners.add(entry);
    T now = value;
    if (now != null) {
      tell(entry, now);
    }
    return () -> remove(entry);
  }

  private synchronized void remove(Consumer<T> entry) {
    listeners.remove(entry);
  }

  private void tell(Consumer<? super T> listener, T now) {
    try {
      listener.accept(now);
    } catch (RuntimeException e) {
      logger.atError().setCause(e).log("a subscriber failed");
    }
  }
}
