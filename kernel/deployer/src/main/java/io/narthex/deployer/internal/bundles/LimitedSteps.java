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
import org.osgi.framework.BundleException;

/**
 * Runs what calls into a bundle, its start and its stop, on a thread of its own, so that one that
 * never comes back holds up no other.
 */
public final class LimitedSteps {
  /** So many may hang before there is no thread for another. */
  private static final int MAX_HANGING = 8;

  private final ExecutorService threads;
  private final Duration limit;

  /** Gives each step this long. */
  public LimitedSteps(BundleScope scope, Duration limit) {
    this.threads = scope.pool("steps", MAX_HANGING, 0);
    this.limit = limit;
  }

  /** What is done to a bundle. */
  @FunctionalInterface
  interface Step {
    void run() throws BundleException;
  }

  /**
   * Runs the step; why it failed, or empty.
   *
   * @param done what is said not to have happened in time, for example {@code started}
   */
  Optional<Exception> run(String done, Step step) {
    CompletableFuture<Optional<Exception>> outcome = new CompletableFuture<>();
    try {
      threads.execute(() -> outcome.complete(attempt(done, step)));
      return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return Optional.of(
          new BundleException("it has not %s within %d s".formatted(done, limit.toSeconds())));
    } catch (RejectedExecutionException none) {
      return Optional.of(
          new BundleException(
              "%d other drop-ins hang in their start or stop".formatted(MAX_HANGING)));
    } catch (ExecutionException e) {
      return Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e);
    }
  }

  private static Optional<Exception> attempt(String done, Step step) {
    try {
      step.run();
      return Optional.empty();
    } catch (BundleException e) {
      return Optional.of(e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return Optional.of(new BundleException("it could not be %s".formatted(done), e));
    }
  }
}
