package io.narthex.rules.internal.fake;

import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** A scope whose pools run tasks at once, and whose scheduler goes by a fake clock. */
public final class FakeScope implements BundleScope, AutoCloseable {
  public final Map<String, DirectPool> pools = new HashMap<>();
  public final FakeMetrics metrics = new FakeMetrics();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final FakeTime time;

  /** A scope in this time. */
  public FakeScope(FakeTime time) {
    this.time = time;
  }

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    return pools.computeIfAbsent(name, n -> new DirectPool());
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    return time.scheduler();
  }

  @Override
  public Thread thread(String name, Runnable body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MetricRegistry metrics() {
    return metrics;
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void close() throws Exception {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }
}
