package io.narthex.runtime.internal.guard;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.metrics.Counter;
import io.narthex.api.scope.BundleScope;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guard: a few platform threads for each bundle, and a clock beside every call. */
@Component(service = {PluginGuard.class, ServiceGuard.class})
public final class ServiceGuard implements PluginGuard {
  private static final Logger logger = LoggerFactory.getLogger(ServiceGuard.class);

  /**
   * How long a thread has, after it was interrupted, before it counts as one that never returns.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final Map<Long, PluginThreads> threads = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final ExecutorService stopper;
  private final Counter calls;
  private final BundleListener cleanUp = this::bundleChanged;

  /** Begins to guard. */
  @Activate
  public ServiceGuard(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.context = context;
    this.components = components;
    this.timer = scope.scheduler("guard-timer");
    this.stopper = scope.pool("guard-stop", 1, 16);
    this.calls =
        scope
            .metrics()
            .counter(
                "narthex_plugin_calls_total",
                "Calls into services of bundles by operation, and how they ended.",
                "bundle",
                "operation",
                "outcome");
    scope
        .metrics()
        .gauge(
            "narthex_plugin_stuck_threads",
            "Threads that were called into a bundle and did not return in time.",
            () -> threads.values().stream().mapToInt(PluginThreads::stuck).sum());
    context.addBundleListener(cleanUp);
  }

  @Override
  public <S, R> CompletableFuture<R> call(
      ComponentServiceObjects<S> plugin, String operation, Duration limit, PluginCall<S, R> call) {
    Bundle bundle = plugin.getServiceReference().getBundle();
    if (bundle == null) {
      return CompletableFuture.failedFuture(
          error(GuardErrors.GONE, operation, "the service is gone", null));
    }
    return run(bundle, operation, limit, () -> withService(plugin, call));
  }

  /** Runs the body as a call into the bundle. */
  public <R> CompletableFuture<R> run(
      Bundle bundle, String operation, Duration limit, Callable<R> body) {
    PluginThreads own =
        threads.computeIfAbsent(bundle.getBundleId(), id -> new PluginThreads(bundle));
    GuardedCall<R> call = new GuardedCall<>(body, own::removeStuck);
    try {
      own.execute(call);
    } catch (RejectedExecutionException none) {
      count(bundle, operation, "busy");
      return CompletableFuture.failedFuture(
          error(
              GuardErrors.BUSY,
              operation,
              "all %d threads of bundle %s are in use"
                  .formatted(PluginThreads.MAX, bundle.getSymbolicName()),
              none));
    }
    return guarded(own, operation, limit, call);
  }

  private <R> CompletableFuture<R> guarded(
      PluginThreads own, String operation, Duration limit, GuardedCall<R> call) {
    Bundle bundle = own.bundle();
    CompletableFuture<R> result = new CompletableFuture<>();
    ScheduledFuture<?> timeOut =
        timer.schedule(
            () -> timeOut(own, operation, limit, call, result),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    call.outcome()
        .whenComplete(
            (value, thrown) -> {
              timeOut.cancel(false);
              if (thrown == null && result.complete(value)) {
                count(bundle, operation, "ok");
              } else if (thrown != null
                  && result.completeExceptionally(failure(bundle, operation, thrown))) {
                count(bundle, operation, "failed");
              }
            });
    return result;
  }

  private void timeOut(
      PluginThreads own,
      String operation,
      Duration limit,
      GuardedCall<?> call,
      CompletableFuture<?> result) {
    Bundle bundle = own.bundle();
    NarthexException late =
        error(
            GuardErrors.TIMEOUT,
            operation,
            "bundle %s did not return within %d ms"
                .formatted(bundle.getSymbolicName(), limit.toMillis()),
            null);
    if (!result.completeExceptionally(late)) {
      return;
    }
    count(bundle, operation, "timeout");
    call.interrupt();
    timer.schedule(() -> giveUp(own, operation, call), GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void giveUp(PluginThreads own, String operation, GuardedCall<?> call) {
    if (!call.giveUp()) {
      return;
    }
    int stuck = own.addStuck();
    logger
        .atError()
        .addKeyValue("bundle", own.bundle().getSymbolicName())
        .addKeyValue("operation", operation)
        .addKeyValue("stuck", stuck)
        .log("a thread does not return from the bundle and is given up");
    if (stuck == PluginThreads.MAX_STUCK) {
      stopper.execute(() -> stop(own.bundle()));
    }
  }

  private static void stop(Bundle bundle) {
    if (bundle.getState() == Bundle.UNINSTALLED) {
      return;
    }
    logger
        .atError()
        .addKeyValue("bundle", bundle.getSymbolicName())
        .log("stopping the bundle: too many of its threads do not return");
    try {
      bundle.stop();
    } catch (BundleException | IllegalStateException e) {
      logger
          .atError()
          .addKeyValue("bundle", bundle.getSymbolicName())
          .setCause(e)
          .log("the bundle does not stop");
    }
  }

  private <S, R> R withService(ComponentServiceObjects<S> plugin, PluginCall<S, R> call)
      throws Exception {
    S service = plugin.getService();
    if (service == null) {
      // A failure and not an absence: who leaves absences unsaid must say this.
      throw ActivationFailure.of(plugin.getServiceReference(), components)
          .map(why -> new NarthexException(GuardErrors.FAILED, "it does not activate: " + why))
          .orElseGet(() -> new NarthexException(GuardErrors.GONE, "the service is gone"));
    }
    try {
      return call.apply(service);
    } finally {
      giveBack(plugin, service);
    }
  }

  /**
   * What the call gave counts, whatever becomes of the service after it: the framework refuses it
   * at times, when others get and give back the same one at the same moment, or its bundle stops.
   */
  private static <S> void giveBack(ComponentServiceObjects<S> plugin, S service) {
    try {
      plugin.ungetService(service);
    } catch (IllegalArgumentException | IllegalStateException e) {
      logger.atDebug().setCause(e).log("a service could not be given back");
    }
  }

  private NarthexException failure(Bundle bundle, String operation, Throwable thrown) {
    if (thrown instanceof NarthexException ours) {
      return ours;
    }
    return error(
        GuardErrors.FAILED,
        operation,
        "bundle %s failed: %s".formatted(bundle.getSymbolicName(), thrown),
        thrown);
  }

  private static NarthexException error(
      ErrorCode code,
      String operation,
      String message,
      @org.jspecify.annotations.Nullable Throwable cause) {
    return new NarthexException(code, "%s: %s".formatted(operation, message), cause);
  }

  private void count(Bundle bundle, String operation, String outcome) {
    calls.labels(bundle.getSymbolicName(), operation, outcome).inc();
  }

  private void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPED) {
      PluginThreads gone = threads.remove(event.getBundle().getBundleId());
      if (gone != null) {
        gone.close();
      }
    }
  }

  /** Interrupts all that runs. */
  @Deactivate
  public void close() {
    context.removeBundleListener(cleanUp);
    threads.values().forEach(PluginThreads::close);
    threads.clear();
  }
}
