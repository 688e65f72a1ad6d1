package io.narthex.alerting.internal.api;

import io.narthex.alerting.internal.Alertmanager;
import io.narthex.alerting.internal.alert.PostedAlert;
import io.narthex.api.time.Clock;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Adds the routes below {@code /api/v2}. */
final class V2Routes {
  private static final String PREFIX = "/api/v2";

  /** A sender's batch has tens of alerts; this is room for tens of thousands. */
  static final int MAX_ALERT_BYTES = 16 * 1024 * 1024;

  /** More than any silence may have. */
  static final int MAX_SILENCE_BYTES = 1024 * 1024;

  private final Alertmanager alertmanager;
  private final Desk desk;
  private final RequestBody.Budget budget;
  private final AlertReads alerts;
  private final SilenceWork silences;
  private final StatusReads status;

  V2Routes(
      Alertmanager alertmanager,
      Clock clock,
      Desk desk,
      RequestBody.Budget budget,
      String narthexVersion) {
    this.alertmanager = alertmanager;
    this.desk = desk;
    this.budget = budget;
    this.alerts = new AlertReads(alertmanager, clock);
    this.silences = new SilenceWork(alertmanager, clock);
    this.status = new StatusReads(alertmanager, narthexVersion);
  }

  void mount(Router router) {
    router.route(PREFIX + "/*").handler(V2Routes::prepare);
    add(router, "/alerts")
        .get(read(alerts::alerts))
        .post(posted(MAX_ALERT_BYTES, this::accept))
        .done();
    add(router, "/alerts/groups").get(read(alerts::groups)).done();
    add(router, "/silences")
        .get(read(silences::list))
        .post(posted(MAX_SILENCE_BYTES, silences::set))
        .done();
    add(router, "/silence/:id").delete(withId(silences::expire)).get(withId(silences::get)).done();
    add(router, "/status").get(read(query -> status.status())).done();
    add(router, "/receivers").get(read(status::receivers)).done();
    router
        .route(PREFIX + "/*")
        .handler(
            context ->
                Desk.send(
                    context,
                    Answer.error(404, "path %s was not found".formatted(ownPath(context)))));
  }

  /** The path as it is written in upstream's documents. */
  private static String ownPath(RoutingContext context) {
    String path = context.normalizedPath();
    return path.substring(Math.max(0, path.indexOf(PREFIX)));
  }

  private static void prepare(RoutingContext context) {
    if (Cors.goesOn(context)) {
      context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      context.next();
    }
  }

  private Answer accept(byte[] body) {
    List<PostedAlert> posted = PostedAlerts.read(body);
    List<String> problems = alertmanager.accept(posted);
    return problems.isEmpty() ? Answer.empty(200) : Answer.text(400, String.join("\n", problems));
  }

  private Handler<RoutingContext> read(Function<QueryParameters, Answer> read) {
    return context -> {
      QueryParameters query = new QueryParameters(context.queryParams());
      desk.answer(context, () -> read.apply(query));
    };
  }

  private Handler<RoutingContext> withId(Function<String, Answer> work) {
    return context -> {
      String id = Optional.ofNullable(context.pathParam("id")).orElse("");
      desk.answer(context, () -> work.apply(id));
    };
  }

  private Handler<RoutingContext> posted(int limit, Function<byte[], Answer> work) {
    return context -> {
      Optional<Answer> refused =
          MediaTypes.refusedBody(context.request().getHeader(HttpHeaders.CONTENT_TYPE));
      if (refused.isPresent()) {
        Desk.send(context, refused.get());
        return;
      }
      RequestBody.receive(
          context.request(),
          limit,
          budget,
          body -> {
            context.addEndHandler(ended -> budget.giveBack(body.length));
            desk.answer(context, () -> work.apply(body));
          },
          answer -> Desk.send(context, answer));
    };
  }

  private static Endpoint add(Router router, String path) {
    return new Endpoint(router, PREFIX + path);
  }

  /** A path and the methods it has; all others get 405. */
  private static final class Endpoint {
    private final Router router;
    private final String path;
    private final List<String> methods = new ArrayList<>();

    Endpoint(Router router, String path) {
      this.router = router;
      this.path = path;
    }

    Endpoint get(Handler<RoutingContext> handler) {
      return on(HttpMethod.GET, handler);
    }

    Endpoint post(Handler<RoutingContext> handler) {
      return on(HttpMethod.POST, handler);
    }

    Endpoint delete(Handler<RoutingContext> handler) {
      return on(HttpMethod.DELETE, handler);
    }

    private Endpoint on(HttpMethod method, Handler<RoutingContext> handler) {
      methods.add(method.name());
      router
          .route(method, path)
          .handler(
              context ->
                  MediaTypes.refusedWish(context.request().getHeader(HttpHeaders.ACCEPT))
                      .ifPresentOrElse(
                          refusal -> Desk.send(context, refusal), () -> handler.handle(context)));
      return this;
    }

    void done() {
      String allowed = String.join(",", methods);
      router
          .route(path)
          .handler(
              context -> {
                context.response().putHeader(HttpHeaders.ALLOW, allowed);
                Desk.send(
                    context,
                    Answer.error(
                        405,
                        "method %s is not allowed, but [%s] are"
                            .formatted(context.request().method().name(), allowed)));
              });
    }
  }
}
