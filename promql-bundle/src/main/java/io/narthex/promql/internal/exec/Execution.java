package io.narthex.promql.internal.exec;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.parser.Parser;
import io.narthex.promql.internal.parser.ParserOptions;
import io.narthex.promql.internal.plan.Support;
import io.narthex.promql.internal.plan.TypeCheck;
import io.narthex.promql.internal.source.GoText;
import io.narthex.promql.internal.source.Source;
import io.narthex.promql.internal.steps.SampleBudget;
import io.narthex.promql.internal.steps.Steps;
import java.util.List;

/** Takes a query from its text to its result, on the calling thread. */
public final class Execution {
  /** Told how long the parts of a query take. */
  public interface Timings {
    /** Starts the next part and ends the one before. */
    void enter(Part part);
  }

  /** The parts of a query that are timed. */
  public enum Part {
    PREPARE,
    EVALUATE,
    SORT
  }

  /**
   * What the server allows.
   *
   * @param lookback in ms
   */
  public record Limits(long lookback, long maxSamples) {}

  private final Storage storage;
  private final Limits limits;

  /** Runs queries on a storage. */
  public Execution(Storage storage, Limits limits) {
    this.storage = storage;
    this.limits = limits;
  }

  /**
   * Runs a query.
   *
   * @throws NarthexException if it fails
   */
  public QueryResult run(Query query, QueryControl control, Timings timings) {
    timings.enter(Part.PREPARE);
    control.check();
    Source source = new Source(query.expression());
    Expr expr = Parser.parse(source, ParserOptions.STABLE);
    TypeCheck.check(source, expr);
    checkRangeType(query, expr);
    Support.check(source, expr);
    SampleBudget budget = new SampleBudget(limits.maxSamples());
    Steps steps = steps(query, budget);
    long lookback = query.options().lookback().map(d -> d.toMillis()).orElse(limits.lookback());
    TimeRange range = TimeRange.of(expr, steps, lookback);
    try (Querier querier = storage.querier(range.min(), range.max())) {
      QueryContext context =
          new QueryContext(source, steps, lookback, querier, control, budget, new Notes(source));
      return evaluate(query, new Evaluation(context, expr), timings);
    }
  }

  private static QueryResult evaluate(Query query, Evaluation evaluation, Timings timings) {
    timings.enter(Part.EVALUATE);
    if (query instanceof Query.Instant) {
      return evaluation.instant();
    }
    List<QueryValue.Series> series = evaluation.range();
    timings.enter(Part.SORT);
    return evaluation.result(Evaluation.sorted(series));
  }

  private static void checkRangeType(Query query, Expr expr) {
    ValueType type = expr.type();
    if (query instanceof Query.Range && type != ValueType.VECTOR && type != ValueType.SCALAR) {
      throw new NarthexException(
          QueryErrors.PARSE,
          "invalid expression type %s for range query, must be Scalar or instant Vector"
              .formatted(GoText.quote(type.documented())));
    }
  }

  private static Steps steps(Query query, SampleBudget budget) {
    return switch (query) {
      case Query.Instant i -> new Steps(i.time(), 1, 1);
      case Query.Range r -> {
        long last = Steps.minus(r.end(), r.start()) / r.step();
        budget.reserve(last);
        budget.release(last);
        yield new Steps(r.start(), r.step(), Math.toIntExact(last + 1), r.end());
      }
    };
  }
}
