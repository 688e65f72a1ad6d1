package io.narthex.discovery.core.internal;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.target.TargetPool;
import io.narthex.discovery.core.internal.loop.Loop;
import io.narthex.discovery.core.internal.mechanism.RunningDiscovery;
import io.narthex.discovery.core.internal.target.PoolBuilder;
import io.narthex.spi.discovery.TargetGroup;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scrape config in force with its pool. For use on the loop. */
final class Job {
  private final ScrapeConfig config;
  private final List<RunningDiscovery> discoveries;
  private final PoolBuilder builder;
  private TargetPool pool;
  private long appliedAt;
  private boolean holding;
  private long heldUntil;
  private Loop.@Nullable Task pending;

  /**
   * A job.
   *
   * @param pool what is scraped for it so far
   */
  Job(
      ScrapeConfig config,
      List<RunningDiscovery> discoveries,
      PoolBuilder builder,
      TargetPool pool) {
    this.config = config;
    this.discoveries = List.copyOf(discoveries);
    this.builder = builder;
    this.pool = pool;
  }

  ScrapeConfig config() {
    return config;
  }

  String name() {
    return config.jobName();
  }

  TargetPool pool() {
    return pool;
  }

  boolean uses(RunningDiscovery discovery) {
    return discoveries.contains(discovery);
  }

  /**
   * Whether a discovery of this job found targets that its successor has to find anew, because the
   * successor is without it.
   */
  boolean leavesTargetsTo(Job successor) {
    return isHeld()
        || discoveries.stream()
            .anyMatch(d -> !d.groups().isEmpty() && !successor.discoveries.contains(d));
  }

  /** Whether something was found by each of its discoveries, if only that there is nothing. */
  boolean allReported() {
    return discoveries.stream().allMatch(RunningDiscovery::hasReported);
  }

  /**
   * Keeps the targets it has until all discoveries were heard; see {@link #isHeld}.
   *
   * @param until when it is no longer worth waiting, by the loop's clock
   * @param end the task that then ends it
   */
  void hold(long until, Loop.Task end) {
    holding = true;
    heldUntil = until;
    pending = end;
  }

  /** How long it is still held if no discovery is heard; not positive if it is not held. */
  Duration holdRest(long now) {
    return isHeld() ? Duration.ofNanos(heldUntil - now) : Duration.ZERO;
  }

  boolean isHeld() {
    return holding && !allReported();
  }

  boolean isPending() {
    return pending != null;
  }

  void applyLater(Loop.Task task) {
    pending = task;
  }

  void cancel() {
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }

  /** How long it must wait until its targets may change again. */
  Duration rest(long now, Duration interval) {
    return interval.minusNanos(now - appliedAt);
  }

  /** Makes the pool of all groups there are now. */
  PoolBuilder.Result apply(long now) {
    cancel();
    holding = false;
    appliedAt = now;
    List<TargetGroup> groups = discoveries.stream().flatMap(d -> d.groups().stream()).toList();
    PoolBuilder.Result result = builder.build(groups);
    pool = result.pool();
    return result;
  }
}
