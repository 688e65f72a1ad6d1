package io.narthex.remote.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.remote.internal.wire.RefusedRequestException;
import io.narthex.remote.internal.wire.RequestHeaders;
import io.narthex.remote.internal.write.Answer;
import io.narthex.remote.internal.write.WriteMetrics;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Receives samples by remote write 1.0, if the flag lets it. The storage may come and go while it
 * runs: what comes without it is answered with 503, and senders send it again.
 */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(
    immediate = true,
    service = RouteProvider.class,
    property = RouteProvider.MOUNT + "=" + WriteRoutes.MOUNT_PATH)
public final class WriteRoutes implements RouteProvider {
  static final String MOUNT_PATH = "/api/v1/write";
  static final String FLAG = "web.enable-remote-write-receiver";

  private final boolean enabled;
  private final WriteMetrics metrics;
  private final BodyBudget budget;
  private final WriteLanes lanes;
  private volatile @Nullable Storage storage;

  /** Reads the flag; requests are answered once the routes are mounted. */
  @Activate
  public WriteRoutes(
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this(flags, clock, scope, bodyBytes());
  }

  WriteRoutes(ServerFlags flags, Clock clock, BundleScope scope, long bodyBytes) {
    this.enabled = flags.isOn(FLAG);
    this.metrics = new WriteMetrics(scope.metrics());
    this.budget = new BodyBudget(bodyBytes);
    scope
        .metrics()
        .gauge(
            "narthex_remote_write_body_bytes",
            "Memory that the bodies of remote write requests take now.",
            budget::taken);
    this.lanes = new WriteLanes(() -> storage, metrics, clock, scope);
  }

  /** An eighth of the heap, but a largest body must always fit. */
  private static long bodyBytes() {
    return Math.max(RequestBody.MAX_BYTES * 2L, Runtime.getRuntime().maxMemory() / 8);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindStorage(Storage bound) {
    storage = bound;
  }

  // DS binds the next one first: what goes may not be the one in use any more.
  void unbindStorage(Storage gone) {
    synchronized (this) {
      if (gone.equals(storage)) {
        storage = null;
      }
    }
    lanes.release(gone);
  }

  @Deactivate
  void stop() {
    lanes.stop();
  }

  @Override
  public void mount(Router router) {
    router.post("/").handler(this::post);
    router.options("/").handler(context -> context.response().setStatusCode(204).end());
    router.route("/").handler(WriteRoutes::otherMethod);
    router.route().handler(context -> plain(context, 404, "404 page not found"));
  }

  private void post(RoutingContext context) {
    HttpServerRequest request = context.request();
    PendingWrite pending = new PendingWrite(context, metrics);
    Answer refused = refused(request);
    if (refused != null) {
      pending.answer(refused);
      RequestBody.drop(request);
      return;
    }
    String sender = sender(request);
    RequestBody.receive(
        request,
        budget,
        body -> lanes.write(sender, body, pending),
        fault -> pending.answer(answer(fault)));
  }

  /** The answer if it is known before the body has come. */
  private @Nullable Answer refused(HttpServerRequest request) {
    if (!enabled) {
      return new Answer(404, "remote write receiver needs to be enabled with --" + FLAG);
    }
    try {
      RequestHeaders.check(
          request.getHeader(HttpHeaders.CONTENT_ENCODING),
          request.getHeader(HttpHeaders.CONTENT_TYPE));
    } catch (RefusedRequestException e) {
      return new Answer(e.status(), e.text());
    }
    return storage == null
        ? Answer.unavailable("the storage is not there now, send it again later")
        : null;
  }

  private static Answer answer(RequestBody.Fault fault) {
    return switch (fault) {
      case TOO_LONG ->
          new Answer(
              413, "request body exceeds the %d bytes limit".formatted(RequestBody.MAX_BYTES));
      case NO_ROOM -> Answer.unavailable("too much is being received at once, send it again later");
      case LOST -> new Answer(400, "the body ended early");
    };
  }

  /** Its address without the port, so that all connections of a sender keep their order. */
  private static String sender(HttpServerRequest request) {
    SocketAddress address = request.remoteAddress();
    String host = address == null ? null : address.hostAddress();
    return host == null ? "" : host;
  }

  private static void otherMethod(RoutingContext context) {
    context.response().putHeader("Allow", HttpMethod.OPTIONS + ", " + HttpMethod.POST);
    plain(context, 405, "Method Not Allowed");
  }

  private static void plain(RoutingContext context, int status, String line) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(line + "\n");
  }
}
