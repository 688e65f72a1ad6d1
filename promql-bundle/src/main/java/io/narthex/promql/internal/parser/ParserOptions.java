package io.narthex.promql.internal.parser;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * What the values of {@code --enable-feature} switch on; each may hold several names, parted by
   * commas.
   */
  public static ParserOptions of(List<String> features) {
    Set<String> names =
        features.stream().flatMap(value -> Stream.of(value.split(","))).collect(Collectors.toSet());
    return new ParserOptions(
        names.contains("promql-experimental-functions"),
        names.contains("promql-extended-range-selectors"),
        names.contains("promql-binop-fill-modifiers"));
  }

  /** Everything. */
  public static final ParserOptions EXPERIMENTAL = new ParserOptions(true, true, true);
}
