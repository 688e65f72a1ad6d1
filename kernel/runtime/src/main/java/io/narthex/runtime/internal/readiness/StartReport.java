package io.narthex.runtime.internal.readiness;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once, when the server is ready, what is running and how long it took; and what is missing if
 * that takes too long.
 */
@Component(service = StartReport.class, immediate = true)
public final class StartReport {
  private static final Logger logger = LoggerFactory.getLogger(StartReport.class);
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final long COMPLAIN_AFTER_NANOS = 30_000_000_000L;

  private final BundleContext context;
  private final ReadinessBoard board;
  private final ServerFlags flags;
  private final ScheduledExecutorService timer;
  private long lastComplaint = System.nanoTime();
  private boolean done;

  /** Begins to look. */
  @Activate
  public StartReport(
      BundleContext context,
      @Reference ReadinessBoard board,
      @Reference ServerFlags flags,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.context = context;
    this.board = board;
    this.flags = flags;
    this.timer = scope.scheduler("start-report");
    MetricRegistry metrics = scope.metrics();
    metrics.gauge(
        "prometheus_ready",
        "Whether Prometheus startup was fully completed and the server is ready for normal operation.",
        () -> board.missing().isEmpty() ? 1 : 0);
    metrics.gauge("narthex_bundles_active", "Bundles that are active.", () -> count(Bundle.ACTIVE));
    metrics.gauge(
        "narthex_bundles_not_active",
        "Installed bundles that are not active, fragments left out.",
        this::notActive);
    timer.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (done) {
      return;
    }
    double seconds = secondsSinceStart();
    if (board.missing().isEmpty()) {
      done = true;
      report(seconds);
      timer.shutdown();
    } else if (System.nanoTime() - lastComplaint >= COMPLAIN_AFTER_NANOS) {
      lastComplaint = System.nanoTime();
      complain(seconds);
    }
  }

  private void report(double seconds) {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    logger
        .atInfo()
        .addKeyValue("heap", heap + "MiB")
        .addKeyValue("retention", flags.get("storage.tsdb.retention.time"))
        .addKeyValue("queries", flags.get("query.max-concurrency"))
        .addKeyValue("query_samples", flags.get("query.max-samples"))
        .addKeyValue("connections", flags.get("web.max-connections"))
        .log("limits");
    List<String> failed =
        Stream.of(context.getBundles())
            .filter(this::isNotActive)
            .map(Bundle::getSymbolicName)
            .toList();
    logger
        .atInfo()
        .addKeyValue("active", count(Bundle.ACTIVE))
        .addKeyValue("failed", failed.isEmpty() ? 0 : String.join(",", failed))
        .log("bundles");
    logger.atInfo().addKeyValue("seconds", "%.2f".formatted(seconds)).log("ready");
  }

  private void complain(double seconds) {
    logger
        .atWarn()
        .addKeyValue("seconds", "%.0f".formatted(seconds))
        .addKeyValue("missing", String.join("; ", board.missing()))
        .addKeyValue("because", String.join("; ", board.explainAbsent()))
        .log("not ready yet");
  }

  /** Since the launcher's main began; how the process itself is older is not worth loading JMX. */
  private double secondsSinceStart() {
    String started = context.getProperty("narthex.started.millis");
    return started == null ? 0 : (System.currentTimeMillis() - Long.parseLong(started)) / 1000.0;
  }

  private int count(int state) {
    return (int)
        Stream.of(context.getBundles()).filter(bundle -> bundle.getState() == state).count();
  }

  private int notActive() {
    return (int) Stream.of(context.getBundles()).filter(this::isNotActive).count();
  }

  private boolean isNotActive(Bundle bundle) {
    return bundle.getState() != Bundle.ACTIVE && bundle.getHeaders("").get("Fragment-Host") == null;
  }
}
