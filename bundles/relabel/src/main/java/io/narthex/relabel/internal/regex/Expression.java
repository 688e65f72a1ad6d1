package io.narthex.relabel.internal.regex;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression that matches a text as a whole; {@code .} takes newlines too. May be used
 * from any thread.
 */
public sealed interface Expression permits LiteralExpression, WildcardExpression, Re2Expression {
  /** Whether the text matches. */
  boolean matches(String text);

  /**
   * Where each group matched: start and end of group 0, the whole match, then of group 1 and so on;
   * -1 for one that took no part. Null if the text does not match.
   */
  int @Nullable [] match(String text);

  /**
   * The text with its match replaced. The text matches.
   *
   * <p>An expression such as {@code a)|(b} breaks out of its anchors and may match in several
   * places; upstream then replaces each.
   */
  default String replaceAll(String text, Template replacement) {
    int[] groups = match(text);
    return groups == null ? text : replacement.expand(text, groups);
  }

  /** How many groups there are, the whole match not counted. */
  int groupCount();

  /** The numbers of the groups that have names. */
  Map<String, Integer> groupNames();
}
