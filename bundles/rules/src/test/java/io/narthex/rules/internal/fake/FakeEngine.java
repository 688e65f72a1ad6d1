package io.narthex.rules.internal.fake;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import io.narthex.api.query.RunningQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers queries by a table. */
public final class FakeEngine implements QueryEngine {
  /** What was asked, with the time in ms. */
  public final List<String> asked = new ArrayList<>();

  private final Map<String, QueryValue> values = new HashMap<>();
  private final Map<String, ErrorCode> failures = new HashMap<>();

  /** What is done at each query. */
  public Runnable atEachQuery = () -> {};

  /** An expression gives these series, each as labels and a value. */
  public void gives(String expression, Object... labelsAndValues) {
    List<QueryValue.Sample> samples = new ArrayList<>();
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      double value = ((Number) labelsAndValues[i + 1]).doubleValue();
      samples.add(new QueryValue.Sample((Labels) labelsAndValues[i], 0, value));
    }
    values.put(expression, new QueryValue.Vector(samples));
  }

  /** An expression gives this. */
  public void gives(String expression, QueryValue value) {
    values.put(expression, value);
  }

  /** An expression fails. */
  public void fails(String expression) {
    fails(expression, QueryErrors.EXECUTION);
  }

  /** An expression fails with this code. */
  public void fails(String expression, ErrorCode code) {
    values.remove(expression);
    failures.put(expression, code);
  }

  @Override
  public RunningQuery submit(Query query) {
    if (query.options().origin() != QueryOrigin.RULE) {
      throw new IllegalArgumentException("rules have threads of their own");
    }
    Query.Instant instant = (Query.Instant) query;
    asked.add(instant.expression() + " @ " + instant.time());
    atEachQuery.run();
    QueryValue value = values.get(query.expression());
    CompletableFuture<QueryResult> result =
        value == null
            ? CompletableFuture.failedFuture(
                new NarthexException(
                    failures.getOrDefault(query.expression(), QueryErrors.EXECUTION),
                    "no value for " + query.expression()))
            : CompletableFuture.completedFuture(new QueryResult(value, List.of(), List.of()));
    return new RunningQuery() {
      @Override
      public CompletionStage<QueryResult> result() {
        return result.minimalCompletionStage();
      }

      @Override
      public void cancel() {}
    };
  }
}
