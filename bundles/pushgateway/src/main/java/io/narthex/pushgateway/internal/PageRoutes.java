package io.narthex.pushgateway.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.time.Clock;
import io.narthex.pushgateway.internal.exposition.TextWriter;
import io.narthex.pushgateway.internal.group.Exposition;
import io.narthex.pushgateway.internal.group.Groups;
import io.narthex.pushgateway.internal.web.Answer;
import io.narthex.pushgateway.internal.web.GroupsJson;
import io.narthex.pushgateway.internal.web.PendingAnswer;
import io.narthex.pushgateway.internal.web.PushMetrics;
import io.narthex.pushgateway.internal.web.TextFormat;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what is there: the exposition, and upstream's API. */
final class PageRoutes {
  private static final Logger logger = LoggerFactory.getLogger(PageRoutes.class);

  private static final Answer NOT_READ =
      Answer.unavailable("the pushed groups are not read yet: their store is not there now");
  private static final Answer FAILED =
      new Answer(500, "internal error, the server's log says more");

  private final Groups groups;
  private final ServerFlags flags;
  private final PushMetrics metrics;
  private final ExecutorService writer;
  private final long startMillis;

  /**
   * The routes.
   *
   * @param writer writes the pages
   */
  PageRoutes(
      Groups groups, ServerFlags flags, PushMetrics metrics, Clock clock, ExecutorService writer) {
    this.groups = groups;
    this.flags = flags;
    this.metrics = metrics;
    this.writer = writer;
    this.startMillis = clock.wallMillis();
  }

  void metrics(RoutingContext context) {
    if (!groups.isLoaded()) {
      // An empty page would end all series.
      PendingAnswer.send(context.response(), NOT_READ);
      return;
    }
    Set<String> names = Set.copyOf(context.queryParam("name[]"));
    String type = TextFormat.contentType(context.request().getHeader("Accept"));
    write(
        context,
        type,
        () -> {
          TextWriter text = new TextWriter();
          Exposition.of(groups.all(), name -> names.isEmpty() || names.contains(name))
              .forEach(text::write);
          return text.toByteArray();
        });
  }

  void apiMetrics(RoutingContext context) {
    cors(context.response());
    if (!groups.isLoaded()) {
      metrics.answered("api/v1/metrics", NOT_READ.status(), context.request());
      PendingAnswer.send(context.response(), NOT_READ);
      return;
    }
    metrics.answered("api/v1/metrics", 200, context.request());
    write(context, "application/json", () -> GroupsJson.metrics(groups.all()));
  }

  void apiStatus(RoutingContext context) {
    cors(context.response());
    metrics.answered("api/v1/status", 200, context.request());
    write(
        context,
        "application/json",
        () -> GroupsJson.status(flags.narthexVersion(), flags.listing(), startMillis));
  }

  void apiOptions(RoutingContext context) {
    cors(context.response());
    metrics.answered("api/v1/options", 200, context.request());
    context.response().end();
  }

  /**
   * Health, or whether it can be used.
   *
   * @param handler for the metric
   */
  void state(RoutingContext context, String handler) {
    Answer answer =
        groups.isOpen()
            ? new Answer(200, "OK")
            : Answer.unavailable("the store of the pushed groups is not there now");
    metrics.answered(handler, answer.status(), context.request());
    if (answer.status() == 200) {
      context
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end(answer.text());
    } else {
      PendingAnswer.send(context.response(), answer);
    }
  }

  private void write(RoutingContext context, String type, Supplier<byte[]> page) {
    HttpServerResponse response = context.response();
    Context eventLoop = context.vertx().getOrCreateContext();
    try {
      writer.execute(
          () -> {
            Buffer body;
            try {
              body = Buffer.buffer(page.get());
            } catch (RuntimeException e) {
              logger.atError().setCause(e).log("a page of the pushgateway cannot be written");
              eventLoop.runOnContext(ignored -> PendingAnswer.send(response, FAILED));
              return;
            }
            eventLoop.runOnContext(ignored -> send(response, type, body));
          });
    } catch (RejectedExecutionException e) {
      PendingAnswer.send(
          response, Answer.unavailable("too many requests are waiting, send it again later"));
    }
  }

  private static void send(HttpServerResponse response, String type, Buffer body) {
    if (!response.closed() && !response.ended()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }
  }

  private static void cors(HttpServerResponse response) {
    List.of(
            "Access-Control-Allow-Headers: Accept, Authorization, Content-Type, Origin",
            "Access-Control-Allow-Methods: GET, POST, DELETE, OPTIONS",
            "Access-Control-Allow-Origin: *",
            "Access-Control-Expose-Headers: Date",
            "Cache-Control: no-cache, no-store, must-revalidate")
        .forEach(
            header -> {
              int colon = header.indexOf(": ");
              response.putHeader(header.substring(0, colon), header.substring(colon + 2));
            });
  }
}
