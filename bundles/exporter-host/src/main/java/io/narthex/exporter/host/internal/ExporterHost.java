package io.narthex.exporter.host.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.error.NarthexException;
import io.narthex.api.exporter.ExporterErrors;
import io.narthex.api.exporter.InProcessExporters;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import io.narthex.spi.exporter.Exporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
 * Knows the exporters, publishes a target for each, and collects from them.
 *
 * <p>The targets are published in one go once all exporters that are there at the start are known,
 * and are left in place when this component stops: so an update of this bundle does not end a
 * scrape loop.
 */
@Component(immediate = true, service = InProcessExporters.class)
public final class ExporterHost implements InProcessExporters {
  private static final Logger logger = LoggerFactory.getLogger(ExporterHost.class);

  static final String PUBLISHER = "exporters";

  /** The most text that one collection may give: some 150,000 samples. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private final Registrations registrations = new Registrations();
  private final PluginGuard guard;
  private final TargetRegistry registry;
  private final CurrentConfiguration configuration;
  private final ExporterTargets targets;
  private final BundleScope scope;

  /**
   * Its interval is the default of exporters that name none. Kept here so that no lock of others is
   * taken in ours.
   */
  private volatile Optional<GlobalConfig> global = Optional.empty();

  /** Between the start and the stop of the component; guarded by this. */
  private boolean running;

  /** Takes what it needs; the exporters come one by one after that, then {@link #start}. */
  @Activate
  public ExporterHost(
      @Reference PluginGuard guard,
      @Reference TargetRegistry registry,
      @Reference CurrentConfiguration configuration,
      @Reference ServerFlags flags,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.guard = guard;
    this.registry = registry;
    this.configuration = configuration;
    this.scope = scope;
    this.targets = ExporterTargets.listeningAt(flags.all("web.listen-address").getFirst());
    scope
        .metrics()
        .gauge(
            "narthex_exporters",
            "Exporters inside the process that are scraped.",
            () -> registrations.used().size());
  }

  @Activate
  void start() {
    global = configuration.get().map(PrometheusConfig::global);
    synchronized (this) {
      running = true;
    }
    publish();
    scope.own(
        configuration.subscribe(
            current -> {
              global = Optional.of(current.global());
              publish();
            }));
  }

  @Deactivate
  synchronized void stop() {
    running = false;
  }

  @Reference(
      service = Exporter.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindExporter(ComponentServiceObjects<Exporter> exporter, Map<String, Object> properties) {
    add(exporter, properties);
    publish();
  }

  void updatedExporter(ComponentServiceObjects<Exporter> exporter, Map<String, Object> properties) {
    registrations.remove(Registration.serviceId(properties));
    add(exporter, properties);
    publish();
  }

  void unbindExporter(Map<String, Object> properties) {
    if (registrations.remove(Registration.serviceId(properties))) {
      publish();
    }
  }

  private void add(ComponentServiceObjects<Exporter> exporter, Map<String, Object> properties) {
    try {
      Registration registration = Registration.of(exporter, properties);
      registrations
          .add(registration)
          .ifPresent(
              unused ->
                  logger
                      .atWarn()
                      .addKeyValue("exporter", unused.name())
                      .addKeyValue("service", unused.serviceId())
                      .addKeyValue("ranking", unused.ranking())
                      .log("two exporters have the same name, this one is not used"));
    } catch (IllegalArgumentException e) {
      logger.atWarn().addKeyValue("reason", e.getMessage()).log("an exporter is not used");
    }
  }

  /** One at a time, so that the last publication is the newest state. */
  private synchronized void publish() {
    if (!running) {
      return;
    }
    List<TargetPool> all =
        registrations.used().stream()
            .map(used -> TargetPool.of(used.name(), List.of(targets.of(used, global))))
            .toList();
    registry.publish(PUBLISHER, all);
  }

  @Override
  public CompletableFuture<byte[]> collect(String name, Duration limit) {
    return registrations
        .used(name)
        .map(registration -> collect(registration, limit))
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new NarthexException(
                        ExporterErrors.UNKNOWN,
                        "no exporter is registered as \"%s\"".formatted(name))));
  }

  private CompletableFuture<byte[]> collect(Registration registration, Duration limit) {
    return guard
        .<Exporter, byte[]>call(registration.exporter(), "collect", limit, ExporterHost::text)
        .exceptionally(
            failure -> {
              throw named(registration.name(), failure);
            });
  }

  private static byte[] text(Exporter exporter) throws Exception {
    try (TextSink sink = new TextSink(MAX_BYTES)) {
      exporter.collect(sink);
      return sink.text();
    }
  }

  /**
   * What our sink refused, with the exporter's name, if that was the reason; else the guard's
   * failure.
   */
  private static CompletionException named(String name, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedMetricException refused) {
        return new CompletionException(
            new NarthexException(
                refused.code(),
                "exporter \"%s\": %s".formatted(name, refused.getMessage()),
                failure));
      }
    }
    return failure instanceof CompletionException e ? e : new CompletionException(failure);
  }
}
