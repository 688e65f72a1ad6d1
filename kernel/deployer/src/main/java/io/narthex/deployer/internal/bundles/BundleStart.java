package io.narthex.deployer.internal.bundles;

import io.narthex.api.scope.BundleScope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Starts a bundle on a thread of its own, so that one that never comes back from its start holds up
 * nobody else.
 */
public final class BundleStart {
  /** So many starts may hang before there is no thread for another. */
  private static final int MAX_HANGING = 8;

  private final ExecutorService threads;
  private final Duration limit;

  /** Gives each start this long. */
  public BundleStart(BundleScope scope, Duration limit) {
    this.threads = scope.pool("start", MAX_HANGING, 0);
    this.limit = limit;
  }

  /** Starts the bundle; why it did not, or empty. */
  Optional<Exception> start(Bundle bundle) {
    CompletableFuture<Optional<Exception>> outcome = new CompletableFuture<>();
    try {
      threads.execute(() -> outcome.complete(tryStart(bundle)));
      return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return Optional.of(
          new BundleException("it has not started within %d s".formatted(limit.toSeconds())));
    } catch (RejectedExecutionException none) {
      return Optional.of(
          new BundleException("the starts of %d other drop-ins hang".formatted(MAX_HANGING)));
    } catch (ExecutionException e) {
      return Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e);
    }
  }

  private static Optional<Exception> tryStart(Bundle bundle) {
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
      return Optional.empty();
    } catch (BundleException e) {
      return Optional.of(e);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(new BundleException("its start failed", e));
    }
  }
}
