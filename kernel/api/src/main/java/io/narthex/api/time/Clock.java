package io.narthex.api.time;

import org.osgi.annotation.versioning.ProviderType;

/** The time. A service, so that tests can set it. */
@ProviderType
public interface Clock {
  /** Milliseconds since 1970-01-01 UTC; may step. */
  long wallMillis();

  /** Nanoseconds since an arbitrary point; never steps back. */
  long monotonicNanos();
}
