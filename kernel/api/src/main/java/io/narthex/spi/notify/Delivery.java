package io.narthex.spi.notify;

/** How a delivery went. */
public sealed interface Delivery {
  /** It arrived. */
  record Done() implements Delivery {}

  /**
   * It did not arrive.
   *
   * @param retry whether it may help to try again
   * @param message what happened, worded as upstream's; no secrets in it
   */
  record Failed(FailureReason reason, boolean retry, String message) implements Delivery {}
}
