package io.narthex.spi.notify;

import org.osgi.annotation.versioning.ConsumerType;

/** Delivers notifications to one place. Called by one thread at a time. */
@ConsumerType
public interface Notifier extends AutoCloseable {
  /**
   * Delivers a notification once, without trying again: the caller does that. May block until the
   * limit of the guard is over, and is interrupted then.
   *
   * @throws Exception what is thrown counts as {@link FailureReason#OTHER}, to be tried again
   */
  Delivery deliver(Notification notification) throws Exception;

  /** Frees what it holds. Closing twice does nothing. */
  @Override
  default void close() {}
}
