package io.narthex.runtime.internal.scope;

import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.runtime.internal.metrics.SelfMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scope of one component: declarative services make one for each component that refers to it,
 * and end it with it.
 */
@Component(service = BundleScope.class, scope = ServiceScope.PROTOTYPE)
public final class ComponentScope implements BundleScope {
  private static final Logger logger = LoggerFactory.getLogger(ComponentScope.class);

  /** An idle thread of a pool ends after this. */
  private static final long IDLE_SECONDS = 30;

  private final String owner;
  private final ClassLoader classLoader;
  private final MetricRegistry metrics;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private boolean closed;

  /** Begins a scope for the bundle that asked for it. */
  @Activate
  public ComponentScope(ComponentContext context, @Reference SelfMetrics selfMetrics) {
    Bundle user = context.getUsingBundle();
    this.owner = user.getSymbolicName().replaceFirst("^io\\.narthex\\.", "");
    this.classLoader = user.adapt(BundleWiring.class).getClassLoader();
    this.metrics = own(selfMetrics.registry(user.getSymbolicName()));
  }

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    BlockingQueue<Runnable> queue =
        queueCapacity == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(queueCapacity);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue, factory(name));
    pool.allowCoreThreadTimeOut(true);
    own(new OwnedThreads(owner + "/" + name, pool));
    return pool;
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    SteadyScheduler scheduler = new SteadyScheduler(factory(name));
    own(new OwnedThreads(owner + "/" + name, scheduler));
    return scheduler;
  }

  @Override
  public Thread thread(String name, Runnable body) {
    Thread thread = factory(name).newThread(body);
    own(new OwnedThread(thread));
    return thread;
  }

  @Override
  public MetricRegistry metrics() {
    return metrics;
  }

  @Override
  public synchronized <T extends AutoCloseable> T own(T resource) {
    if (closed) {
      throw new IllegalStateException("the scope of %s is closed".formatted(owner));
    }
    resources.push(resource);
    return resource;
  }

  /** Closes everything, last made first. */
  @Deactivate
  public void close() {
    Deque<AutoCloseable> toClose;
    synchronized (this) {
      closed = true;
      toClose = new ArrayDeque<>(resources);
      resources.clear();
    }
    for (AutoCloseable resource : toClose) {
      try {
        resource.close();
      } catch (Exception e) {
        logger.atWarn().addKeyValue("bundle", owner).setCause(e).log("a resource did not close");
      }
    }
  }

  private ThreadFactory factory(String name) {
    return new NamedThreads(owner + "/" + name, classLoader);
  }
}
