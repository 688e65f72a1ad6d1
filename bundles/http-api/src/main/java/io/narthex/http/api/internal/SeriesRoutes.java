package io.narthex.http.api.internal;

import io.narthex.api.model.Matcher;
import io.narthex.api.query.SelectorParser;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.BackgroundReads;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.FormReader;
import io.narthex.http.api.internal.answer.RefusedException;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.LabelName;
import io.narthex.http.api.internal.request.Parameters;
import io.narthex.http.api.internal.request.SeriesRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /series}, {@code /labels} and {@code /label/<name>/values}. The storage is read on threads
 * of this bundle; a read whose client has gone ends.
 */
final class SeriesRoutes {
  static final String NO_STORAGE =
      "the storage is not there: bundle io.narthex.storage is not active";
  static final String NO_PARSER = "match[] cannot be read: bundle io.narthex.promql is not active";

  private final Supplier<@Nullable Storage> storage;
  private final Supplier<@Nullable SelectorParser> parser;
  private final BackgroundReads reads;
  private final Answers answers;

  /**
   * The routes.
   *
   * @param reads where the storage is read
   */
  SeriesRoutes(
      Supplier<@Nullable Storage> storage,
      Supplier<@Nullable SelectorParser> parser,
      BackgroundReads reads,
      Answers answers) {
    this.storage = storage;
    this.parser = parser;
    this.reads = reads;
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
    OpenRead read = new OpenRead();
    context.addEndHandler(ignored -> read.close());
    reads.answer(context, () -> read(task, read));
  }

  private @Nullable ChunkedBody read(Task task, OpenRead read)
      throws RefusedException, BadParameterException {
    SeriesRequest request = task.request();
    List<List<Matcher>> sets = selectors(task);
    Storage current = storage.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, NO_STORAGE);
    }
    try (read) {
      Querier querier = read.open(() -> current.querier(request.start(), request.end()));
      return querier == null ? null : task.lookup().read(querier, request, sets);
    }
  }

  private List<List<Matcher>> selectors(Task task) throws RefusedException, BadParameterException {
    List<String> selectors = task.request().selectors();
    if (selectors.isEmpty()) {
      return List.of();
    }
    SelectorParser current = parser.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, NO_PARSER);
    }
    try {
      return SelectorSets.parse(current, selectors);
    } catch (BadParameterException e) {
      throw new BadParameterException(task.selectorError() + e.getMessage());
    }
  }
}
