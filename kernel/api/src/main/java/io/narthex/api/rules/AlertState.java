package io.narthex.api.rules;

/** The states of an alert, and of an alerting rule, in the order in which they go on. */
public enum AlertState {
  /** The rule was not evaluated yet. */
  UNKNOWN,
  /** There is no alert, or it is resolved. */
  INACTIVE,
  /** The condition holds, but not yet for long enough. */
  PENDING,
  /** It is sent. */
  FIRING
}
