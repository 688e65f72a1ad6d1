package io.narthex.deployer.internal.http;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.scope.BundleScope;
import io.narthex.deployer.internal.DeployWatch;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/bundles} lists all bundles. With {@code --web.enable-admin-api}: {@code POST
 * …/<name>/start}, {@code POST …/<name>/stop}, {@code PUT …/<name>/log-level?level=debug}.
 */
@Component(property = RouteProvider.MOUNT + "=/api/v1/bundles")
public final class BundleRoutes implements RouteProvider {
  private static final Logger logger = LoggerFactory.getLogger(BundleRoutes.class);

  private final BundleList list;
  private final BundleLogLevel logLevel;
  private final boolean admin;
  private final ExecutorService worker;

  /** Answers for this framework. */
  @Activate
  public BundleRoutes(
      BundleContext context,
      @Reference ServerFlags flags,
      @Reference DeployWatch watch,
      @Reference ServiceComponentRuntime components,
      @Reference(target = "(narthex.role=narthex.log-levels)") BiConsumer<String, String> logLevels,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.list = new BundleList(context, watch, components);
    this.logLevel = new BundleLogLevel(logLevels);
    this.admin = flags.isOn("web.enable-admin-api");
    this.worker = scope.pool("admin", 1, 16);
  }

  @Override
  public void mount(Router router) {
    router.get("/").handler(request -> succeed(request, new JsonArray(list.describe())));
    router.post("/:name/start").handler(request -> change(request, "started", Bundle::start));
    router.post("/:name/stop").handler(request -> change(request, "stopped", Bundle::stop));
    router.put("/:name/log-level").handler(this::setLogLevel);
  }

  /** What is done to a bundle. */
  private interface Change {
    void apply(Bundle bundle) throws BundleException;
  }

  private void change(RoutingContext request, String done, Change change) {
    Optional<Bundle> bundle = permitted(request);
    if (bundle.isEmpty()) {
      return;
    }
    if (list.isFoundation(bundle.get())) {
      fail(
          request,
          409,
          "bundle %s belongs to the foundation; it changes with a restart of the server"
              .formatted(bundle.get().getSymbolicName()));
      return;
    }
    try {
      worker.execute(() -> carryOut(request, bundle.get(), done, change));
    } catch (RejectedExecutionException busy) {
      fail(request, 503, "too many changes wait already");
    }
  }

  private void carryOut(RoutingContext request, Bundle bundle, String done, Change change) {
    try {
      change.apply(bundle);
      logger.atInfo().addKeyValue("bundle", bundle.getSymbolicName()).log(done + " by the API");
      succeed(request, list.describe(bundle));
    } catch (BundleException e) {
      fail(request, 422, "bundle %s: %s".formatted(bundle.getSymbolicName(), e.getMessage()));
    }
  }

  private void setLogLevel(RoutingContext request) {
    Optional<Bundle> bundle = permitted(request);
    if (bundle.isEmpty()) {
      return;
    }
    String level = request.request().getParam("level", "");
    if (!logLevel.set(bundle.get(), level)) {
      fail(
          request,
          400,
          "invalid parameter \"level\": \"%s\" is none of debug, info, warn, error, default"
              .formatted(level));
      return;
    }
    logger
        .atInfo()
        .addKeyValue("bundle", bundle.get().getSymbolicName())
        .addKeyValue("log_level", level)
        .log("log level set by the API");
    succeed(request, list.describe(bundle.get()));
  }

  /** The bundle the path names, if the caller may change it; else the answer was given. */
  private Optional<Bundle> permitted(RoutingContext request) {
    if (!admin) {
      fail(request, 403, "changing bundles is off; start with --web.enable-admin-api");
      return Optional.empty();
    }
    String origin = request.request().getHeader("Origin");
    // A page of another site can make a browser send this request; it cannot leave Origin out.
    if (origin != null
        && !origin.replaceFirst("^https?://", "").equals(request.request().getHeader("Host"))) {
      fail(request, 403, "requests from other sites may not change bundles");
      return Optional.empty();
    }
    String name = String.valueOf(request.pathParam("name"));
    Optional<Bundle> bundle = list.find(name);
    if (bundle.isEmpty()) {
      fail(request, 404, "there is no bundle \"%s\"".formatted(name));
    }
    return bundle;
  }

  private static void succeed(RoutingContext request, Object data) {
    answer(request, 200, new JsonObject().put("status", "success").put("data", data));
  }

  private static void fail(RoutingContext request, int status, String error) {
    String type =
        switch (status) {
          case 400, 409 -> "bad_data";
          case 403 -> "unavailable";
          case 404 -> "not_found";
          case 422 -> "execution";
          default -> "unavailable";
        };
    answer(
        request,
        status,
        new JsonObject().put("status", "error").put("errorType", type).put("error", error));
  }

  private static void answer(RoutingContext request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }
}
