package io.narthex.http.api.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.SelectorParser;
import io.narthex.api.storage.Storage;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.BackgroundReads;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.FormReader;
import io.narthex.http.api.internal.answer.RefusedException;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.ExemplarsBody;
import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.ExemplarRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /query_exemplars}. */
final class ExemplarRoute {
  static final String NO_PARSER = "query cannot be read: bundle io.narthex.promql is not active";

  private final Supplier<@Nullable Storage> storage;
  private final Supplier<@Nullable SelectorParser> parser;
  private final BackgroundReads reads;
  private final Answers answers;

  ExemplarRoute(
      Supplier<@Nullable Storage> storage,
      Supplier<@Nullable SelectorParser> parser,
      BackgroundReads reads,
      Answers answers) {
    this.storage = storage;
    this.parser = parser;
    this.reads = reads;
    this.answers = answers;
  }

  void handle(RoutingContext context) {
    FormReader.read(
        context,
        parameters -> reads.answer(context, () -> read(ExemplarRequest.of(parameters))),
        e -> answers.error(context, ErrorType.BAD_DATA, e.getMessage()));
  }

  private @Nullable ChunkedBody read(ExemplarRequest request)
      throws RefusedException, BadParameterException {
    SelectorParser currentParser = parser.get();
    if (currentParser == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, NO_PARSER);
    }
    List<List<Matcher>> selectors = selectors(currentParser, request.query());
    if (selectors.isEmpty()) {
      return null;
    }
    Storage current = storage.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, SeriesRoutes.NO_STORAGE);
    }
    return new ExemplarsBody(current.exemplars(request.start(), request.end(), selectors));
  }

  /** Whatever its kind, upstream answers an error in the expression as bad data. */
  private static List<List<Matcher>> selectors(SelectorParser parser, String query)
      throws BadParameterException {
    try {
      return parser.selectors(query);
    } catch (NarthexException e) {
      throw new BadParameterException(String.valueOf(e.getMessage()));
    }
  }
}
