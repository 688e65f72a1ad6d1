package io.narthex.runtime.internal.process;

import io.narthex.api.cluster.Ownership;
import org.osgi.service.component.annotations.Component;

/** A single process owns everything, always. */
@Component
public final class LocalOwnership implements Ownership {
  @Override
  public boolean owns(String kind, String key) {
    return true;
  }

  @Override
  public long epoch() {
    return 1;
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    return () -> {};
  }
}
