package io.narthex.notifier.email.internal;

import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scope that gives one pool, and ends its threads when they are idle or when it is closed. */
public final class LookupThreads implements BundleScope, AutoCloseable {
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(16));

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    pool.allowCoreThreadTimeOut(true);
    pool.setMaximumPoolSize(threads);
    pool.setCorePoolSize(threads);
    return pool;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Thread thread(String name, Runnable body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MetricRegistry metrics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    throw new UnsupportedOperationException();
  }
}
