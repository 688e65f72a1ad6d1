package io.narthex.promql.internal;

import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.time.Clock;
import io.narthex.promql.internal.exec.Execution;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/** The engine's metrics, by upstream's names. */
final class EngineMetrics {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final double NANOS = 1e9;

  private final Map<Execution.Part, Distribution> parts = new EnumMap<>(Execution.Part.class);
  private final Distribution queueTime;

  EngineMetrics(MetricRegistry registry, int maxConcurrency, DoubleSupplier current) {
    registry.gauge(
        "prometheus_engine_queries",
        "The current number of queries being executed or waiting.",
        current);
    registry.gauge(
        "prometheus_engine_queries_concurrent_max",
        "The max number of concurrent queries.",
        () -> maxConcurrency);
    Distribution durations =
        registry.summary(
            "prometheus_engine_query_duration_seconds", "Query timings", QUANTILES, "slice");
    queueTime = durations.labels("queue_time");
    parts.put(Execution.Part.PREPARE, durations.labels("prepare_time"));
    parts.put(Execution.Part.EVALUATE, durations.labels("inner_eval"));
    parts.put(Execution.Part.SORT, durations.labels("result_sort"));
  }

  private Distribution part(Execution.Part part) {
    return Objects.requireNonNull(parts.get(part));
  }

  void queued(long nanos) {
    queueTime.observe(nanos / NANOS);
  }

  /** A stop watch for the parts of one query; {@link StopWatch#close} ends the last part. */
  StopWatch stopWatch(Clock clock) {
    return new StopWatch(clock);
  }

  /** Times the parts of one query. */
  final class StopWatch implements Execution.Timings, AutoCloseable {
    private final Clock clock;
    private Execution.Part current = Execution.Part.PREPARE;
    private long since;
    private boolean running;

    private StopWatch(Clock clock) {
      this.clock = clock;
    }

    @Override
    public void enter(Execution.Part part) {
      close();
      current = part;
      since = clock.monotonicNanos();
      running = true;
    }

    @Override
    public void close() {
      if (running) {
        part(current).observe((clock.monotonicNanos() - since) / NANOS);
        running = false;
      }
    }
  }
}
