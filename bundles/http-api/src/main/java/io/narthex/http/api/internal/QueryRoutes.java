package io.narthex.http.api.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.RunningQuery;
import io.narthex.api.time.Clock;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.FormReader;
import io.narthex.http.api.internal.json.QueryResultBody;
import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.Parameters;
import io.narthex.http.api.internal.request.QueryRequest;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /query} and {@code /query_range}. A query whose client has gone is canceled. */
final class QueryRoutes {
  private static final Logger logger = LoggerFactory.getLogger(QueryRoutes.class);

  static final String NO_ENGINE =
      "the query engine is not there: bundle io.narthex.promql is not active";

  private final Supplier<@Nullable QueryEngine> engine;
  private final Clock clock;
  private final Answers answers;

  QueryRoutes(Supplier<@Nullable QueryEngine> engine, Clock clock, Answers answers) {
    this.engine = engine;
    this.clock = clock;
    this.answers = answers;
  }

  void instant(RoutingContext context) {
    handle(context, parameters -> QueryRequest.instant(parameters, clock.wallMillis()));
  }

  void range(RoutingContext context) {
    handle(context, QueryRequest::range);
  }

  private interface RequestReader {
    QueryRequest read(Parameters parameters) throws BadParameterException;
  }

  private void handle(RoutingContext context, RequestReader reader) {
    FormReader.read(
        context,
        parameters -> {
          try {
            run(context, reader.read(parameters));
          } catch (BadParameterException e) {
            refuse(context, e);
          }
        },
        e -> refuse(context, e));
  }

  private void refuse(RoutingContext context, BadParameterException e) {
    answers.error(context, ErrorType.BAD_DATA, e.getMessage());
  }

  private void run(RoutingContext context, QueryRequest request) {
    QueryEngine current = engine.get();
    if (current == null) {
      answers.error(context, ErrorType.UNAVAILABLE, NO_ENGINE);
      return;
    }
    Context eventLoop = context.vertx().getOrCreateContext();
    RunningQuery running;
    try {
      running = current.submit(request.query());
    } catch (RuntimeException e) {
      answerFailure(context, e);
      return;
    }
    context.addEndHandler(ignored -> running.cancel());
    running
        .result()
        .whenComplete(
            (result, failure) ->
                eventLoop.runOnContext(ignored -> answer(context, request, result, failure)));
  }

  private void answer(
      RoutingContext context,
      QueryRequest request,
      @Nullable QueryResult result,
      @Nullable Throwable failure) {
    if (result != null) {
      answers.success(context, new QueryResultBody(result, request.limit(), request.warnings()));
    } else if (failure != null) {
      answerFailure(context, failure);
    }
  }

  private void answerFailure(RoutingContext context, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof NarthexException e) {
      ErrorType type = ErrorType.of(e.code());
      // Upstream finds these while it reads the parameter, before the query runs.
      String prefix = type == ErrorType.BAD_DATA ? "invalid parameter \"query\": " : "";
      answers.error(context, type, prefix + e.getMessage());
      return;
    }
    logger.atError().setCause(cause).log("the query engine failed");
    answers.error(context, ErrorType.INTERNAL, "the query engine failed: " + cause);
  }
}
