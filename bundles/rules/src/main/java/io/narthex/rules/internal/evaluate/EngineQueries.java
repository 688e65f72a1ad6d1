package io.narthex.rules.internal.evaluate;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryOptions;
import io.narthex.api.query.QueryValue;
import io.narthex.api.query.RunningQuery;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Runs queries on the engine's threads for rules, and waits for them. */
public record EngineQueries(QueryEngine engine) implements Queries {
  @Override
  public List<QueryValue.Sample> query(String expression, long time) {
    QueryValue value = run(new Query.Instant(expression, time, QueryOptions.RULE));
    return switch (value) {
      case QueryValue.Vector vector -> vector.samples();
      case QueryValue.Scalar scalar ->
          List.of(new QueryValue.Sample(Labels.EMPTY, scalar.timestamp(), scalar.value()));
      case QueryValue.Text text -> throw noVector();
      case QueryValue.Matrix matrix -> throw noVector();
    };
  }

  private static NarthexException noVector() {
    return new NarthexException(QueryErrors.EXECUTION, "rule result is not a vector or scalar");
  }

  private QueryValue run(Query query) {
    RunningQuery running = engine.submit(query);
    try {
      return running.result().toCompletableFuture().get().value();
    } catch (InterruptedException e) {
      running.cancel();
      Thread.currentThread().interrupt();
      throw new NarthexException(QueryErrors.CANCELED, "the evaluation was canceled", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NarthexException known
          ? known
          : new NarthexException(QueryErrors.INTERNAL, "the query failed: " + e.getCause(), e);
    }
  }
}
