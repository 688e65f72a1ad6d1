package io.narthex.runtime.internal.metrics;

import io.narthex.api.scope.BundleScope;
import io.narthex.runtime.internal.readiness.ReadinessBoard;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * The metrics of the JVM and the process. They load JMX, which takes as long as the rest of the
 * kernel, so they come when the server is ready, a moment before its first scrape.
 */
@Component(service = JvmSelfMetrics.class, immediate = true)
public final class JvmSelfMetrics {
  private static final long LOOK_EVERY_MILLIS = 50;

  private final SelfMetrics metrics;
  private final ReadinessBoard board;
  private final ScheduledExecutorService timer;

  /** Waits until the server is ready. */
  @Activate
  public JvmSelfMetrics(
      @Reference SelfMetrics metrics,
      @Reference ReadinessBoard board,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.metrics = metrics;
    this.board = board;
    this.timer = scope.scheduler("jvm-metrics");
    timer.scheduleWithFixedDelay(
        this::registerWhenReady, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void registerWhenReady() {
    if (board.missing().isEmpty()) {
      timer.shutdown();
      JvmMetrics.builder().register(metrics.all());
    }
  }
}
