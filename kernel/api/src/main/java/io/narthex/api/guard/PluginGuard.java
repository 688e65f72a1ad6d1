package io.narthex.api.guard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * The only way to call a service of a drop-in. The service is obtained, called and given back on a
 * thread that belongs to the drop-in's bundle, of which there are few; the caller waits no longer
 * than its limit. What the drop-in throws becomes the failure of the future, a metric and a log
 * line. A thread that never returns is counted and given up; a bundle with too many of those is
 * stopped. May be used from any thread.
 */
@ProviderType
public interface PluginGuard {
  /**
   * Calls the service.
   *
   * @param plugin the service, from a {@code @Reference} with {@code scope = PROTOTYPE} or a bind
   *     method that takes the service objects, so that nothing of the drop-in runs before
   * @param operation what is done, for the log and metrics, for example {@code collect}
   * @param limit after this the future fails with {@link GuardErrors#TIMEOUT}
   * @return fails with a {@link io.narthex.api.error.NarthexException} of {@link GuardErrors};
   *     completes on a thread of the guard
   */
  <S, R> CompletableFuture<R> call(
      ComponentServiceObjects<S> plugin, String operation, Duration limit, PluginCall<S, R> call);

  /** What is done with the service. */
  @FunctionalInterface
  interface PluginCall<S, R> {
    /** Runs on a thread of the drop-in's bundle, which is interrupted when the limit is over. */
    R apply(S service) throws Exception;
  }
}
