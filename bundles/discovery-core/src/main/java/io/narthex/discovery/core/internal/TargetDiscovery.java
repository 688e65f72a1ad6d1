package io.narthex.discovery.core.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.relabel.Relabelling;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.target.TargetRegistry;
import io.narthex.api.time.Clock;
import io.narthex.discovery.core.internal.loop.Loop;
import io.narthex.discovery.core.internal.loop.SchedulerLoop;
import io.narthex.discovery.core.internal.mechanism.FactoryRegistration;
import io.narthex.spi.discovery.DiscoveryFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the targets of the configuration in force: those written in it and those that
 * discoveries find. All that happens is handed to one loop. The targets stay when this bundle
 * stops: they belong to the registry.
 */
@Component(
    immediate = true,
    service = {})
public final class TargetDiscovery {
  private static final Logger logger = LoggerFactory.getLogger(TargetDiscovery.class);

  /** How long a stop waits for discoveries to close. */
  private static final long CLOSE_MILLIS = 2_000;

  private final CurrentConfiguration configuration;
  private final BundleScope scope;
  private final Loop loop;
  private final Jobs jobs;
  private final AtomicReference<@Nullable PrometheusConfig> latest = new AtomicReference<>();

  /** Takes what it needs; factories come one by one after that, then {@link #start}. */
  @Activate
  public TargetDiscovery(
      @Reference CurrentConfiguration configuration,
      @Reference TargetRegistry registry,
      @Reference Relabelling relabelling,
      @Reference PluginGuard guard,
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this(
        configuration,
        registry,
        relabelling,
        guard,
        flags,
        clock,
        scope,
        new SchedulerLoop(scope.scheduler("targets"), clock));
  }

  TargetDiscovery(
      CurrentConfiguration configuration,
      TargetRegistry registry,
      Relabelling relabelling,
      PluginGuard guard,
      ServerFlags flags,
      Clock clock,
      BundleScope scope,
      Loop loop) {
    this.configuration = configuration;
    this.scope = scope;
    this.loop = loop;
    this.jobs =
        new Jobs(
            relabelling,
            guard,
            registry,
            new DiscoveryMetrics(scope.metrics()),
            loop,
            flags.duration("scrape.discovery-reload-interval"),
            clock);
  }

  @Activate
  void start() {
    scope.own(
        configuration.subscribe(
            current -> {
              latest.set(current);
              loop.run(this::configure);
            }));
  }

  /** Of several configurations that came meanwhile, only the last counts. */
  private void configure() {
    PrometheusConfig current = latest.getAndSet(null);
    if (current != null) {
      jobs.configure(current);
    }
  }

  @Reference(
      service = DiscoveryFactory.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindFactory(
      ComponentServiceObjects<DiscoveryFactory> factory, Map<String, Object> properties) {
    add(factory, properties);
  }

  void updatedFactory(
      ComponentServiceObjects<DiscoveryFactory> factory, Map<String, Object> properties) {
    unbindFactory(properties);
    add(factory, properties);
  }

  void unbindFactory(Map<String, Object> properties) {
    long serviceId = FactoryRegistration.serviceId(properties);
    loop.run(() -> jobs.remove(serviceId));
  }

  private void add(
      ComponentServiceObjects<DiscoveryFactory> factory, Map<String, Object> properties) {
    try {
      FactoryRegistration registration = FactoryRegistration.of(factory, properties);
      loop.run(() -> jobs.add(registration));
    } catch (IllegalArgumentException e) {
      logger
          .atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("a discovery mechanism is not used");
    }
  }

  @Deactivate
  void stop() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    loop.run(() -> jobs.close().whenComplete((all, failure) -> closed.complete(null)));
    try {
      closed.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      logger.atWarn().log("some discoveries do not close in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
