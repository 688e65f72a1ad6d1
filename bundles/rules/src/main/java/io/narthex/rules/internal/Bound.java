package io.narthex.rules.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service that may come and go. */
final class Bound<T> implements Supplier<@Nullable T> {
  private volatile @Nullable T service;

  synchronized void bind(T bound) {
    service = bound;
  }

  // DS binds the next one first: what goes may not be the one in use any more.
  synchronized void unbind(T gone) {
    if (gone.equals(service)) {
      service = null;
    }
  }

  /** The service, or null if it is away. */
  @Override
  public @Nullable T get() {
    return service;
  }
}
