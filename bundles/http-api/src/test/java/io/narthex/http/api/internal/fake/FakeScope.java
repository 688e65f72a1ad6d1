package io.narthex.http.api.internal.fake;

import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scope with real threads, which closes what was created in reverse order. */
public final class FakeScope implements BundleScope, AutoCloseable {
  public final Map<String, ThreadPoolExecutor> pools = new HashMap<>();
  public final FakeMetrics metrics = new FakeMetrics();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            task -> new Thread(task, name));
    pools.put(name, pool);
    owned.push(pool::shutdownNow);
    return pool;
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
    owned.push(scheduler::shutdownNow);
    return scheduler;
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
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
