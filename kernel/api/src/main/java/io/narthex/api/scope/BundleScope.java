package io.narthex.api.scope;

import io.narthex.api.metrics.MetricRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All that a component creates outside itself. Every component has a scope of its own: refer to it
 * with {@code @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED)}. The scope closes when the
 * component is deactivated, whatever the reason, in reverse order of creation: threads are
 * interrupted and waited for, metrics disappear, owned resources are closed. So a stopped bundle
 * leaves nothing behind that would hold its class loader. Methods may be called from any thread;
 * after closing they throw {@link IllegalStateException}.
 */
@ProviderType
public interface BundleScope {
  /**
   * Platform threads that take tasks from a bounded queue; a task that finds the queue full is
   * rejected with {@link java.util.concurrent.RejectedExecutionException}.
   *
   * @param name appears in thread names, after the bundle's
   */
  ExecutorService pool(String name, int threads, int queueCapacity);

  /**
   * One platform thread that runs tasks at their times. A periodic task that throws is logged and
   * goes on.
   */
  ScheduledExecutorService scheduler(String name);

  /** A platform thread, not started; interrupted when the scope closes. */
  Thread thread(String name, Runnable body);

  /** Where the component registers its metrics. */
  MetricRegistry metrics();

  /** Closes the resource with the scope; gives it back. */
  <T extends AutoCloseable> T own(T resource);
}
