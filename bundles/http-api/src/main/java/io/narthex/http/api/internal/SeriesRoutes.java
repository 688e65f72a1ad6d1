package io.narthex.http.api.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.SelectorParser;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.FormReader;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.LabelName;
import io.narthex.http.api.internal.request.Parameters;
import io.narthex.http.api.internal.request.SeriesRequest;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /series}, {@code /labels} and {@code /label/<name>/values}. The storage is read on threads
 * of this bundle; a read whose client has gone ends.
 */
final class SeriesRoutes {
  static final String NO_STORAGE =
      "the storage is not there: bundle io.narthex.storage is not active";
  static final String NO_PARSER = "match[] cannot be read: bundle io.narthex.promql is not active";

  private static final Logger logger = LoggerFactory.getLogger(SeriesRoutes.class);

  private final Supplier<@Nullable Storage> storage;
  private final Supplier<@Nullable SelectorParser> parser;
  private final Executor readers;
  private final Answers answers;

  /**
   * The routes.
   *
   * @param readers where the storage is read; may reject
   */
  SeriesRoutes(
      Supplier<@Nullable Storage> storage,
      Supplier<@Nullable SelectorParser> parser,
      Executor readers,
      Answers answers) {
    this.storage = storage;
    this.parser = parser;
    this.readers = readers;
    this.answers = answers;
  }

  /** What a request asks for, and how upstream begins an error in its selectors. */
  private record Task(SeriesRequest request, Lookup lookup, String selectorError) {}

  private interface TaskReader {
    Task read(Parameters parameters) throws BadParameterException;
  }

  void series(RoutingContext context) {
    // Only here upstream names the parameter.
    handle(
        context,
        parameters ->
            new Task(
                SeriesRequest.ofSeries(parameters),
                Lookup::series,
                "invalid parameter \"%s\": ".formatted(SeriesRequest.MATCH)));
  }

  void names(RoutingContext context) {
    handle(context, parameters -> new Task(SeriesRequest.of(parameters), Lookup::names, ""));
  }

  void values(RoutingContext context) {
    // Vert.x' own parameter has lost the bytes that are no UTF-8.
    String path = context.normalizedPath();
    int end = path.lastIndexOf("/values");
    String segment = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    handle(
        context,
        parameters -> {
          String name = LabelName.read(segment);
          return new Task(SeriesRequest.of(parameters), Lookup.values(name), "");
        });
  }

  private void handle(RoutingContext context, TaskReader reader) {
    FormReader.read(
        context,
        parameters -> {
          try {
            start(context, reader.read(parameters));
          } catch (BadParameterException e) {
            answers.error(context, ErrorType.BAD_DATA, e.getMessage());
          }
        },
        e -> answers.error(context, ErrorType.BAD_DATA, e.getMessage()));
  }

  private void start(RoutingContext context, Task task) {
    Context eventLoop = context.vertx().getOrCreateContext();
    OpenRead read = new OpenRead();
    context.addEndHandler(ignored -> read.close());
    try {
      readers.execute(
          () -> {
            Runnable answer = answer(context, task, read);
            eventLoop.runOnContext(ignored -> answer.run());
          });
    } catch (RejectedExecutionException e) {
      answers.error(
          context,
          ErrorType.UNAVAILABLE,
          "too many requests for series and labels wait already, or the HTTP API is stopping");
    }
  }

  private Runnable answer(RoutingContext context, Task task, OpenRead read) {
    try {
      return run(context, task, read);
    } catch (RuntimeException e) {
      logger.atError().setCause(e).log("series or labels could not be read");
      return error(context, ErrorType.INTERNAL, "series or labels could not be read: " + e);
    }
  }

  /** Reads; gives what is to be answered on the event loop. */
  private Runnable run(RoutingContext context, Task task, OpenRead read) {
    SeriesRequest request = task.request();
    SelectorParser currentParser = parser.get();
    if (currentParser == null && !request.selectors().isEmpty()) {
      return error(context, ErrorType.UNAVAILABLE, NO_PARSER);
    }
    List<List<Matcher>> sets = List.of();
    if (currentParser != null) {
      try {
        sets = SelectorSets.parse(currentParser, request.selectors());
      } catch (BadParameterException e) {
        return error(context, ErrorType.BAD_DATA, task.selectorError() + e.getMessage());
      }
    }
    Storage current = storage.get();
    if (current == null) {
      return error(context, ErrorType.UNAVAILABLE, NO_STORAGE);
    }
    try (read) {
      Querier querier = read.open(() -> current.querier(request.start(), request.end()));
      if (querier == null) {
        return () -> {};
      }
      ChunkedBody body = task.lookup().read(querier, request, sets);
      return () -> answers.success(context, body);
    } catch (NarthexException e) {
      return error(context, ErrorType.of(e.code()), String.valueOf(e.getMessage()));
    }
  }

  private Runnable error(RoutingContext context, ErrorType type, String message) {
    return () -> answers.error(context, type, message);
  }
}
