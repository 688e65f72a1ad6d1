package io.narthex.rules.internal.evaluate;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;

/** Why a rule failed though its query did not; upstream's texts. */
final class RuleErrors {
  private static final ErrorCode SAME_LABELS =
      new ErrorCode("rules/same-labels", ErrorKind.EXECUTION);
  private static final ErrorCode LIMIT = new ErrorCode("rules/limit", ErrorKind.RESOURCES);

  private RuleErrors() {}

  static NarthexException sameLabels(String kind) {
    return new NarthexException(
        SAME_LABELS,
        "vector contains metrics with the same labelset after applying %s labels".formatted(kind));
  }

  static NarthexException limit(long limit, long count, String what) {
    return new NarthexException(
        LIMIT, "exceeded limit of %d with %d %s".formatted(limit, count, what));
  }
}
