package io.narthex.promql.internal.ast;

import java.util.Locale;

/** The aggregations. */
public enum AggregateOp {
  SUM,
  AVG,
  COUNT,
  MIN,
  MAX,
  GROUP,
  STDDEV,
  STDVAR,
  TOPK,
  BOTTOMK,
  COUNT_VALUES,
  QUANTILE,
  LIMITK,
  LIMIT_RATIO;

  /** How it is written. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it takes a parameter before the vector. */
  public boolean takesParameter() {
    return compareTo(TOPK) >= 0;
  }

  /** Whether upstream has it behind a feature flag. */
  public boolean isExperimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }
}
