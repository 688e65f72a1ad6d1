package io.narthex.alerting.internal.notify;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import org.jspecify.annotations.Nullable;

/** How a call to deliver went. */
sealed interface Attempt {
  /** It arrived. */
  record Arrived() implements Attempt {}

  /** It did not arrive. */
  record Failed(FailureReason reason, boolean retry, String message) implements Attempt {}

  /** Nothing was tried: no thread was free, or the notifier's bundle went away. */
  record NotMade(String message) implements Attempt {}

  /**
   * What follows from a call.
   *
   * @param result what the notifier said, if it did
   * @param failure why it did not
   * @param gone whether its factory went away meanwhile, so that a failure says nothing
   */
  static Attempt of(@Nullable Delivery result, @Nullable Throwable failure, boolean gone) {
    if (failure == null && result instanceof Delivery.Done) {
      return new Arrived();
    }
    if (gone) {
      return new NotMade("the notifier went away");
    }
    if (failure == null) {
      return result instanceof Delivery.Failed(FailureReason reason, boolean retry, String message)
          ? new Failed(reason, retry, message)
          : new Failed(FailureReason.OTHER, true, "the notifier did not say how it went");
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof NarthexException known) {
      if (known.code().equals(GuardErrors.BUSY) || known.code().equals(GuardErrors.GONE)) {
        return new NotMade(message);
      }
      if (known.code().equals(GuardErrors.TIMEOUT)) {
        return new Failed(FailureReason.CONTEXT_DEADLINE_EXCEEDED, true, message);
      }
    }
    return new Failed(FailureReason.OTHER, true, message);
  }
}
