package io.narthex.api.model.histogram;

/**
 * What a histogram knows about whether its counts began anew since the sample before. The order is
 * that of the numbers 0 to 3 by which it travels in remote write.
 */
public enum CounterResetHint {
  /** Nothing is known: whoever needs it compares with the sample before. */
  UNKNOWN,
  /** It began anew with this histogram. */
  RESET,
  /** It certainly did not begin anew. */
  NOT_RESET,
  /** A gauge: its counts go up and down, and there is no such thing as a reset. */
  GAUGE
}
