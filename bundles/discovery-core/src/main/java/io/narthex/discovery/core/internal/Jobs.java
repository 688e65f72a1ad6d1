package io.narthex.discovery.core.internal;

import io.narthex.api.config.DiscoveryConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.relabel.Relabelling;
import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import io.narthex.api.time.Clock;
import io.narthex.discovery.core.internal.loop.Loop;
import io.narthex.discovery.core.internal.mechanism.Factories;
import io.narthex.discovery.core.internal.mechanism.FactoryRegistration;
import io.narthex.discovery.core.internal.mechanism.RunningDiscovery;
import io.narthex.discovery.core.internal.target.PoolBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All jobs of the configuration in force, the discoveries they share, and when their targets are
 * made anew. For use on the loop.
 *
 * <p>When a job's targets change:
 *
 * <ul>
 *   <li>at once when its config changed, or a discovery is heard for the first time since it was
 *       started;
 *   <li>else at most once in the interval, however often discoveries speak;
 *   <li>not before all its discoveries were heard if there are targets from before, which would
 *       else end for a moment: for one interval after a change of the config, longer after a start
 *       of this bundle, whose predecessor left them. A change never shortens what is still to wait.
 * </ul>
 */
final class Jobs implements RunningDiscovery.Observer {
  private static final Logger logger = LoggerFactory.getLogger(Jobs.class);

  /** The name the targets are published under. */
  static final String PUBLISHER = "config";

  /** How long targets that a predecessor left may wait for those who found them. */
  static final Duration INHERITANCE = Duration.ofMinutes(5);

  /** More failures of one job at one time are only counted. */
  private static final int LOGGED_FAILURES = 10;

  private final Relabelling relabelling;
  private final PluginGuard guard;
  private final TargetRegistry registry;
  private final DiscoveryMetrics metrics;
  private final Loop loop;
  private final Duration interval;
  private final Clock clock;

  private final Factories factories = new Factories();
  private Map<DiscoveryConfig, RunningDiscovery> discoveries = new LinkedHashMap<>();
  private Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, TargetPool> inherited = new HashMap<>();
  private boolean publishing;
  private boolean closed;

  Jobs(
      Relabelling relabelling,
      PluginGuard guard,
      TargetRegistry registry,
      DiscoveryMetrics metrics,
      Loop loop,
      Duration interval,
      Clock clock) {
    this.relabelling = relabelling;
    this.guard = guard;
    this.registry = registry;
    this.metrics = metrics;
    this.loop = loop;
    this.interval = interval;
    this.clock = clock;
    registry
        .pools()
        .getOrDefault(PUBLISHER, List.of())
        .forEach(pool -> inherited.put(pool.name(), pool));
  }

  void add(FactoryRegistration factory) {
    factories.add(factory);
    follow();
  }

  void remove(long serviceId) {
    factories.remove(serviceId);
    follow();
  }

  private void follow() {
    discoveries.values().forEach(RunningDiscovery::follow);
    countFailed();
  }

  /** Puts a configuration in force; what did not change goes on. */
  void configure(PrometheusConfig configuration) {
    if (closed) {
      return;
    }
    Map<DiscoveryConfig, RunningDiscovery> wanted = new LinkedHashMap<>();
    Map<String, Job> next = new LinkedHashMap<>();
    List<Job> changed = new ArrayList<>();
    for (ScrapeConfig config : configuration.scrapeConfigs()) {
      List<RunningDiscovery> used =
          config.discoveryConfigs().stream()
              .distinct()
              .map(each -> wanted.computeIfAbsent(each, this::runningOrNew))
              .toList();
      Job old = jobs.get(config.jobName());
      if (old != null && old.config().equals(config)) {
        next.put(old.name(), old);
      } else {
        job(config, used)
            .ifPresent(
                job -> {
                  next.put(job.name(), job);
                  changed.add(job);
                });
      }
    }
    Map<String, Job> before = jobs;
    replace(wanted, next);
    changed.forEach(job -> applyOrHold(job, before.get(job.name())));
    inherited.clear();
    publishSoon();
  }

  private RunningDiscovery runningOrNew(DiscoveryConfig config) {
    RunningDiscovery running = discoveries.get(config);
    return running != null ? running : new RunningDiscovery(config, factories, guard, loop, this);
  }

  private Optional<Job> job(ScrapeConfig config, List<RunningDiscovery> used) {
    try {
      PoolBuilder builder = new PoolBuilder(config, relabelling.compile(config.relabelRules()));
      Job old = jobs.get(config.jobName());
      TargetPool pool =
          old != null
              ? old.pool()
              : inherited.getOrDefault(
                  config.jobName(), TargetPool.of(config.jobName(), List.of()));
      metrics.jobIsKnown(config.jobName(), config.targetLimit());
      return Optional.of(new Job(config, used, builder, pool));
    } catch (IllegalArgumentException e) {
      logger
          .atError()
          .addKeyValue("scrape_pool", config.jobName())
          .setCause(e)
          .log("a job's relabelling rules do not compile, it has no targets");
      return Optional.empty();
    }
  }

  private void replace(Map<DiscoveryConfig, RunningDiscovery> wanted, Map<String, Job> next) {
    Map<DiscoveryConfig, RunningDiscovery> before = discoveries;
    discoveries = wanted;
    for (Job old : jobs.values()) {
      if (next.get(old.name()) != old) {
        old.cancel();
      }
      if (!next.containsKey(old.name())) {
        metrics.jobIsGone(old.name());
      }
    }
    jobs = next;
    before.forEach(
        (config, discovery) -> {
          if (!wanted.containsKey(config)) {
            discovery.close();
          }
        });
    follow();
  }

  private void applyOrHold(Job job, @Nullable Job old) {
    long now = loop.nanoTime();
    Duration wait = job.allReported() ? Duration.ZERO : timeToHold(job, old, now);
    if (wait.isPositive()) {
      job.hold(now + wait.toNanos(), loop.runAfter(wait, () -> apply(job)));
    } else {
      apply(job);
    }
  }

  private Duration timeToHold(Job job, @Nullable Job old, long now) {
    if (old != null && old.leavesTargetsTo(job)) {
      Duration rest = old.holdRest(now);
      return rest.compareTo(interval) > 0 ? rest : interval;
    }
    TargetPool left = inherited.get(job.name());
    return left != null && !left.targets().isEmpty() ? INHERITANCE : Duration.ZERO;
  }

  @Override
  public void updated(RunningDiscovery discovery, int updates, boolean first, boolean changed) {
    metrics.receivedUpdates.add(updates);
    for (Job job : jobs.values()) {
      if (job.uses(discovery) && !job.isHeld()) {
        if (first) {
          apply(job);
        } else if (changed) {
          applyInTime(job);
        }
      }
    }
  }

  private void applyInTime(Job job) {
    Duration rest = job.rest(loop.nanoTime(), interval);
    if (!rest.isPositive()) {
      apply(job);
    } else if (!job.isPending()) {
      metrics.delayedUpdates.inc();
      job.applyLater(loop.runAfter(rest, () -> apply(job)));
    }
  }

  private void apply(Job job) {
    long start = loop.nanoTime();
    TargetPool before = job.pool();
    PoolBuilder.Result result = job.apply(start);
    double seconds = (loop.nanoTime() - start) / 1e9;
    metrics.synced(
        job.name(), result.found(), result.failures().size(), seconds, clock.wallMillis() / 1e3);
    log(job, result.failures());
    if (!result.pool().refusal().isEmpty()) {
      metrics.exceededTargetLimit.inc();
    }
    if (!result.pool().equals(before)) {
      publishSoon();
    }
  }

  private static void log(Job job, List<String> failures) {
    for (String failure : failures.subList(0, Math.min(LOGGED_FAILURES, failures.size()))) {
      logger
          .atError()
          .addKeyValue("scrape_pool", job.name())
          .addKeyValue("err", failure)
          .log("creating target failed");
    }
    if (failures.size() > LOGGED_FAILURES) {
      logger
          .atError()
          .addKeyValue("scrape_pool", job.name())
          .addKeyValue("more", failures.size() - LOGGED_FAILURES)
          .log("creating more targets failed");
    }
  }

  /** Pools that change together are published together. */
  private void publishSoon() {
    if (!publishing) {
      publishing = true;
      loop.run(this::publish);
    }
  }

  private void publish() {
    publishing = false;
    if (closed) {
      return;
    }
    List<TargetPool> pools = jobs.values().stream().map(Job::pool).toList();
    if (!pools.equals(registry.pools().get(PUBLISHER))) {
      metrics.sentUpdates.inc();
      registry.publish(PUBLISHER, pools);
    }
  }

  @Override
  public void refreshFailed(RunningDiscovery discovery, int times) {
    for (Job job : jobs.values()) {
      if (job.uses(discovery)) {
        metrics.refreshFailed(discovery.config().mechanism(), job.name(), times);
      }
    }
  }

  @Override
  public void stateChanged(RunningDiscovery discovery) {
    countFailed();
  }

  private void countFailed() {
    metrics.failedConfigs.set(
        discoveries.values().stream().filter(RunningDiscovery::isFailed).count());
  }

  /** Ends all discoveries; what is published stays. Completes when they are closed. */
  CompletableFuture<Void> close() {
    closed = true;
    jobs.values().forEach(Job::cancel);
    jobs = Map.of();
    CompletableFuture<?>[] closing =
        discoveries.values().stream()
            .map(RunningDiscovery::close)
            .toArray(CompletableFuture<?>[]::new);
    discoveries = Map.of();
    return CompletableFuture.allOf(closing);
  }
}
