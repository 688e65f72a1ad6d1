package io.narthex.discovery.core.internal.mechanism;

import io.narthex.api.config.DiscoveryConfig;
import io.narthex.api.guard.PluginGuard;
import io.narthex.discovery.core.internal.loop.Loop;
import io.narthex.spi.discovery.TargetGroup;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A discovery that is wanted: it runs while there is a factory for its mechanism, is tried again
 * when it fails, and keeps the last good groups through all that. For use on the loop.
 */
public final class RunningDiscovery {
  private static final Logger logger = LoggerFactory.getLogger(RunningDiscovery.class);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** While a server starts, or a bundle is updated, a factory may be away for a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DiscoveryConfig config;
  private final Factories factories;
  private final PluginGuard guard;
  private final Loop loop;
  private final Observer observer;

  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
  private @Nullable Run run;
  private boolean runReported;
  private boolean reported;
  private boolean absent;
  private boolean closed;
  private @Nullable FactoryRegistration failedFactory;
  private Loop.@Nullable Task retry;
  private Duration pause = FIRST_PAUSE;
  private String lastProblem = "";

  /** Is told on the loop of what happens. */
  public interface Observer {
    /**
     * The mechanism found something.
     *
     * @param updates how often it said so
     * @param first whether it did for the first time since it was started
     * @param changed whether there are other groups than before
     */
    void updated(RunningDiscovery discovery, int updates, boolean first, boolean changed);

    /** The mechanism could not look for targets so many times. */
    void refreshFailed(RunningDiscovery discovery, int times);

    /** It could not be started, or is being started. */
    void stateChanged(RunningDiscovery discovery);
  }

  /** A discovery that is not started yet. */
  public RunningDiscovery(
      DiscoveryConfig config,
      Factories factories,
      PluginGuard guard,
      Loop loop,
      Observer observer) {
    this.config = config;
    this.factories = factories;
    this.guard = guard;
    this.loop = loop;
    this.observer = observer;
  }

  /** What it was made of. */
  public DiscoveryConfig config() {
    return config;
  }

  /** The groups that were found last; a group that did not change is the same object. */
  public Collection<TargetGroup> groups() {
    return Collections.unmodifiableCollection(groups.values());
  }

  /** Whether anything was ever found, if only that there is nothing. */
  public boolean hasReported() {
    return reported;
  }

  /** Whether it neither runs nor is being started, though it should. */
  public boolean isFailed() {
    return run == null && !closed;
  }

  /** Starts, ends or leaves alone what runs, by the factories that are there now. */
  public void follow() {
    if (closed || run != null && factories.has(run.factory())) {
      return;
    }
    if (run != null) {
      endRun();
    }
    Optional<FactoryRegistration> best = factories.best(config.mechanism());
    if (best.isEmpty()) {
      waitForFactory();
    } else if (!best.get().equals(failedFactory)) {
      pause = FIRST_PAUSE;
      start(best.get());
    }
  }

  private void waitForFactory() {
    if (!absent) {
      absent = true;
      failedFactory = null;
      cancelRetry();
      retry =
          loop.runAfter(
              PATIENCE,
              () -> note("no bundle provides it; its targets stay as they are until one does"));
      observer.stateChanged(this);
    }
  }

  private void start(FactoryRegistration factory) {
    cancelRetry();
    absent = false;
    failedFactory = null;
    Run next = new Run(config, factory, guard, () -> loop.run(this::listen));
    run = next;
    runReported = false;
    observer.stateChanged(this);
    next.start().whenComplete((started, failure) -> loop.run(() -> started(next, failure)));
  }

  private void started(Run started, @Nullable Throwable failure) {
    if (started != run) {
      return;
    }
    if (failure == null) {
      pause = FIRST_PAUSE;
      lastProblem = "";
      return;
    }
    endRun();
    observer.stateChanged(this);
    failedFactory = started.factory();
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    note("it does not start, and is tried again: " + cause.getMessage());
    retry = loop.runAfter(pause, this::tryAgain);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void tryAgain() {
    retry = null;
    FactoryRegistration failed = failedFactory;
    if (!closed && run == null && failed != null && factories.has(failed)) {
      start(failed);
    }
  }

  /** Takes what the run said. */
  private void listen() {
    if (run == null) {
      return;
    }
    Run.Said said = run.take();
    if (said.updates > 0) {
      boolean first = !runReported;
      boolean changed = first ? replaceAll(said.groups) : replace(said.groups);
      runReported = true;
      reported = true;
      observer.updated(this, said.updates, first, changed);
    }
    if (said.failures > 0) {
      logger
          .atWarn()
          .addKeyValue("mechanism", config.mechanism())
          .addKeyValue("err", said.problem)
          .log("discovery could not look for targets, those found before stay");
      observer.refreshFailed(this, said.failures);
    }
  }

  /** What an earlier run found and this one did not is gone. */
  private boolean replaceAll(Map<String, TargetGroup> found) {
    boolean removed = groups.keySet().retainAll(found.keySet());
    return replace(found) || removed;
  }

  private boolean replace(Map<String, TargetGroup> found) {
    boolean changed = false;
    for (TargetGroup group : found.values()) {
      if (group.targets().isEmpty()) {
        changed |= groups.remove(group.source()) != null;
      } else if (!group.equals(groups.get(group.source()))) {
        groups.put(group.source(), group);
        changed = true;
      }
    }
    return changed;
  }

  /** Ends it for good. Completes when what ran is closed. */
  public CompletableFuture<?> close() {
    closed = true;
    cancelRetry();
    return endRun();
  }

  private CompletableFuture<?> endRun() {
    Run ended = run;
    run = null;
    return ended == null
        ? CompletableFuture.completedFuture(true)
        : ended.end().exceptionally(RunningDiscovery::notClosed);
  }

  private static <T> @Nullable T notClosed(Throwable failure) {
    logger.atDebug().addKeyValue("err", failure.getMessage()).log("a discovery did not close");
    return null;
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
  }

  /** Says why it does not run, once for each reason. */
  private void note(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      logger
          .atWarn()
          .addKeyValue("mechanism", config.mechanism())
          .addKeyValue("err", problem)
          .log("a discovery does not run");
    }
  }
}
