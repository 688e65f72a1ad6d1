package io.narthex.http.api.internal.lifecycle;

import io.narthex.api.config.ConfigurationReload;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.flags.ServerFlags;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.Endpoints;
import io.narthex.http.api.internal.answer.HandlerMetrics;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /-/reload} and {@code /-/quit}. Who reads the configuration may come and go while it runs.
 */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(
    immediate = true,
    service = RouteProvider.class,
    property = RouteProvider.MOUNT + "=" + LifecycleRoutes.MOUNT_PATH)
public final class LifecycleRoutes implements RouteProvider {
  static final String MOUNT_PATH = "/-";

  private static final Logger logger = LoggerFactory.getLogger(LifecycleRoutes.class);

  private final boolean enabled;
  private final HandlerMetrics metrics;
  private final BundleContext bundle;
  private final AtomicBoolean quitting = new AtomicBoolean();
  private volatile @Nullable ConfigurationReload reload;

  /** Reads the flag; the routes answer once they are mounted. */
  @Activate
  public LifecycleRoutes(
      @Reference ServerFlags flags, @Reference HandlerMetrics metrics, BundleContext bundle) {
    this.enabled = flags.isOn("web.enable-lifecycle");
    this.metrics = metrics;
    this.bundle = bundle;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindReload(ConfigurationReload bound) {
    reload = bound;
  }

  // DS binds the next one first: what goes may not be the one in use any more.
  synchronized void unbindReload(ConfigurationReload gone) {
    if (gone.equals(reload)) {
      reload = null;
    }
  }

  @Override
  public void mount(Router router) {
    Endpoints endpoints = new Endpoints(MOUNT_PATH, router, metrics);
    add(router, endpoints, "/reload", this::reload);
    add(router, endpoints, "/quit", this::quit);
    router.route().handler(context -> Answers.plain(context, 404, "404 page not found"));
  }

  private void add(
      Router router, Endpoints endpoints, String path, Handler<RoutingContext> handler) {
    router
        .options(path)
        .handler(
            context ->
                context.response().putHeader(HttpHeaders.ALLOW, "GET, OPTIONS, POST, PUT").end());
    endpoints.add(
        path,
        context -> {
          if (context.request().method().equals(HttpMethod.GET)) {
            say(context, 405, "Only POST or PUT requests allowed");
          } else if (!enabled) {
            say(context, 403, "Lifecycle API is not enabled.");
          } else {
            handler.handle(context);
          }
        },
        HttpMethod.GET,
        HttpMethod.POST,
        HttpMethod.PUT);
  }

  private void reload(RoutingContext context) {
    ConfigurationReload current = reload;
    if (current == null) {
      Answers.plain(
          context,
          503,
          "failed to reload config: nobody reads it, bundle io.narthex.config is not active");
      return;
    }
    Context eventLoop = context.vertx().getOrCreateContext();
    current
        .reload()
        .whenComplete(
            (attempt, failure) ->
                eventLoop.runOnContext(ignored -> reloaded(context, attempt, failure)));
  }

  private static void reloaded(
      RoutingContext context, @Nullable LoadAttempt attempt, @Nullable Throwable failure) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (attempt == null) {
      Answers.plain(context, 500, "failed to reload config: " + failure);
    } else if (attempt.isSuccessful()) {
      response.end();
    } else {
      Answers.plain(
          context, 500, "failed to reload config: " + String.join("\n", attempt.problems()));
    }
  }

  private void quit(RoutingContext context) {
    if (!quitting.compareAndSet(false, true)) {
      say(context, 200, "Termination already in progress.");
      return;
    }
    logger.atWarn().log("received termination request via web service, stopping");
    // The answer first: the stop closes the connection.
    say(context, 200, "Requesting termination... Goodbye!").onComplete(ignored -> stop());
  }

  private void stop() {
    try {
      bundle.getBundle(0).stop();
    } catch (BundleException e) {
      quitting.set(false);
      logger.atError().setCause(e).log("cannot stop in order");
    }
  }

  private static Future<Void> say(RoutingContext context, int status, String text) {
    return context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(text);
  }
}
