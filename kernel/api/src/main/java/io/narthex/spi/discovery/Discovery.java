package io.narthex.spi.discovery;

import org.osgi.annotation.versioning.ConsumerType;

/** Finds targets. Is started at most once and closed once if it was started. */
@ConsumerType
public interface Discovery extends AutoCloseable {
  /**
   * Begins to find targets and tells the listener of them until it is closed. Returns soon: the
   * work is done on threads of the bundle's own.
   */
  void start(TargetGroupListener listener);

  /** Ends the work; the listener is not called after it has returned. */
  @Override
  void close();
}
