package io.narthex.promql.internal.parser;

/**
 * Which parts of the language that upstream calls experimental are on.
 *
 * @param functions experimental functions and aggregations
 * @param extendedRanges {@code anchored} and {@code smoothed}
 * @param fill filling in series that one side of an operator lacks
 */
public record ParserOptions(boolean functions, boolean extendedRanges, boolean fill) {
  /** Upstream's defaults. */
  public static final ParserOptions STABLE = new ParserOptions(false, false, false);

  /** Everything. */
  public static final ParserOptions EXPERIMENTAL = new ParserOptions(true, true, true);
}
