package io.narthex.runtime.internal.web;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import io.narthex.runtime.internal.guard.ServiceGuard;
import io.narthex.runtime.internal.process.ProcessEnd;
import io.narthex.runtime.internal.readiness.ReadinessBoard;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Keeps the route table as providers come and go. The sockets stay open all the while. */
@Component(service = FrontDoor.class, immediate = true)
public final class FrontDoor {
  private static final Logger logger = LoggerFactory.getLogger(FrontDoor.class);
  private static final Duration MOUNT_LIMIT = Duration.ofSeconds(5);

  /** Where the deployer's bundles come from: their location begins with this. */
  private static final String DROP_IN = "narthex-dropin:";

  private final BundleContext context;
  private final Vertx vertx;
  private final PluginGuard guard;
  private final RequestDispatcher dispatcher;
  private final RouteTable routes;
  private final BundleListener forgetUninstalled = this::bundleChanged;

  /** Begins with the routes of the runtime itself. */
  @Activate
  public FrontDoor(
      BundleContext context,
      @Reference Vertx vertx,
      @Reference ServiceGuard guard,
      @Reference ReadinessBoard readiness) {
    this.context = context;
    this.vertx = vertx;
    this.guard = guard;
    this.dispatcher = new RequestDispatcher(vertx, guard, readiness);
    this.routes = new RouteTable(dispatcher::use);
    context.addBundleListener(forgetUninstalled);
  }

  /** Who answers requests. */
  RequestDispatcher dispatcher() {
    return dispatcher;
  }

  /** Lets a provider mount its routes, on a thread of its bundle. */
  @Reference(
      name = "routes",
      service = RouteProvider.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeRoutes")
  void addRoutes(ComponentServiceObjects<RouteProvider> provider, Map<String, Object> properties) {
    ServiceReference<RouteProvider> reference = provider.getServiceReference();
    Bundle bundle = reference.getBundle();
    String path = String.valueOf(properties.get(RouteProvider.MOUNT));
    Router router = Router.router(vertx);
    guard
        .call(
            provider,
            "mount",
            MOUNT_LIMIT,
            service -> {
              service.mount(router);
              return new Mount(path, bundle, router, bundle.getLocation().startsWith(DROP_IN));
            })
        .whenComplete((mount, failure) -> mounted(reference, path, mount, failure));
  }

  private void mounted(
      ServiceReference<RouteProvider> reference, String path, Mount mount, Throwable failure) {
    if (failure instanceof NarthexException gone && gone.code().equals(GuardErrors.GONE)) {
      // It went before it was asked.
      return;
    }
    if (failure != null) {
      String reason =
          failure instanceof NarthexException ours ? ours.getMessage() : failure.toString();
      logger
          .atLevel(ProcessEnd.isUnderWay(context) ? Level.DEBUG : Level.ERROR)
          .addKeyValue("mount", path)
          .addKeyValue("err", reason)
          .log("routes cannot be mounted");
      return;
    }
    routes.add(reference, mount);
    if (reference.getBundle() == null) {
      // It went while it was mounting, and its removal may have come before.
      routes.remove(reference);
    }
  }

  void removeRoutes(ComponentServiceObjects<RouteProvider> provider) {
    routes.remove(provider.getServiceReference());
  }

  private void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.UNINSTALLED) {
      routes.forget(event.getBundle());
    }
  }

  /** Stops to listen for bundles. */
  @Deactivate
  public void close() {
    context.removeBundleListener(forgetUninstalled);
  }
}
