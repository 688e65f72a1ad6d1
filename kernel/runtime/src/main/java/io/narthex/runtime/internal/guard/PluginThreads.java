package io.narthex.runtime.internal.guard;

import io.narthex.runtime.internal.scope.NamedThreads;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The platform threads on which one bundle's services are called, and how many of them never came
 * back.
 */
final class PluginThreads {
  /**
   * How many calls into one bundle may run at a time. A bundle serves many: all receivers of a
   * kind, all targets of a discovery. Threads are made when they are needed and end when they are
   * not.
   */
  static final int MAX = 32;

  /** With so many threads that did not come back, the bundle is stopped. */
  static final int MAX_STUCK = 3;

  private final Bundle bundle;
  private final ThreadPoolExecutor pool;
  private final AtomicInteger stuck = new AtomicInteger();

  PluginThreads(Bundle bundle) {
    this.bundle = bundle;
    this.pool =
        new ThreadPoolExecutor(
            0,
            MAX,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new NamedThreads(
                "plugin/" + bundle.getSymbolicName(),
                bundle.adapt(BundleWiring.class).getClassLoader()));
  }

  Bundle bundle() {
    return bundle;
  }

  /**
   * Runs the task on a thread of the bundle.
   *
   * @throws java.util.concurrent.RejectedExecutionException if none is free
   */
  void execute(Runnable task) {
    pool.execute(task);
  }

  /** Counts a thread that did not come back; how many there are now. */
  int addStuck() {
    return stuck.incrementAndGet();
  }

  /** A thread that was given up came back after all. */
  void removeStuck() {
    stuck.decrementAndGet();
  }

  int stuck() {
    return stuck.get();
  }

  void close() {
    pool.shutdownNow();
  }
}
