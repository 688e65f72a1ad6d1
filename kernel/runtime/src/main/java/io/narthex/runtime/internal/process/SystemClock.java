package io.narthex.runtime.internal.process;

import io.narthex.api.time.Clock;
import org.osgi.service.component.annotations.Component;

/** The machine's clock. */
@Component
public final class SystemClock implements Clock {
  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}
