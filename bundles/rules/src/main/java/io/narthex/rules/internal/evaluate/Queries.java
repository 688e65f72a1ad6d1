package io.narthex.rules.internal.evaluate;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryValue;
import java.util.List;

/** Answers the queries of rules. */
public interface Queries {
  /**
   * The value of an expression at a time, in ms since 1970; a scalar is one sample without labels.
   *
   * @throws NarthexException if the query fails, or its value is neither a vector nor a scalar
   */
  List<QueryValue.Sample> query(String expression, long time);
}
