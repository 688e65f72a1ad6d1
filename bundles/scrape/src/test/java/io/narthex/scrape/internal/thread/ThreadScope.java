package io.narthex.scrape.internal.thread;

import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** A scope that has threads and nothing else. */
public final class ThreadScope implements BundleScope, AutoCloseable {
  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Thread thread(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public MetricRegistry metrics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
