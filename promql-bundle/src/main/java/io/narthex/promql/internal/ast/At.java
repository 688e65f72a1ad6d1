package io.narthex.promql.internal.ast;

/** The time that an {@code @} modifier pins a selector to. */
public sealed interface At {
  /** No {@code @}: each step's own time. */
  record Step() implements At {}

  /** A time in ms since 1970. */
  record Time(long millis) implements At {}

  /** {@code @ start()}. */
  record QueryStart() implements At {}

  /** {@code @ end()}. */
  record QueryEnd() implements At {}

  /** No modifier. */
  At NONE = new Step();
}
