package io.narthex.discovery.core.internal.target;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.model.Labels;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetPool;
import io.narthex.spi.discovery.TargetGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the pool of a job of its groups. What became of a group is remembered, so that a change
 * costs what changed: the caller gives an unchanged group as the same object. For use by one
 * thread.
 */
public final class PoolBuilder {
  private final ScrapeConfig config;
  private final TargetBuilder targets;
  private final List<TargetGroup> staticGroups;
  private Map<TargetGroup, List<Outcome>> known = new IdentityHashMap<>();

  /** For a job. */
  public PoolBuilder(ScrapeConfig config, Relabeller relabeller) {
    this.config = config;
    this.targets = new TargetBuilder(config, relabeller);
    this.staticGroups = new ArrayList<>();
    for (StaticTargets entry : config.staticConfigs()) {
      staticGroups.add(group(Integer.toString(staticGroups.size()), entry));
    }
  }

  private static TargetGroup group(String source, StaticTargets entry) {
    List<Labels> targets =
        entry.targets().stream().map(a -> Labels.of(TargetLabels.ADDRESS, a)).toList();
    return new TargetGroup(source, targets, entry.labels());
  }

  /**
   * A pool as it is now.
   *
   * @param found how many targets there were before relabelling
   * @param failures why targets of groups that were not seen before cannot be scraped
   */
  public record Result(TargetPool pool, int found, List<String> failures) {
    /** Copies the list. */
    public Result {
      failures = List.copyOf(failures);
    }
  }

  /** The pool of the job's static groups and of those that were discovered. */
  public Result build(List<TargetGroup> discovered) {
    Collector collector = new Collector();
    Map<TargetGroup, List<Outcome>> now = new IdentityHashMap<>();
    for (TargetGroup group : staticGroups) {
      collector.add(outcomes(group, now, collector));
    }
    for (TargetGroup group : discovered) {
      collector.add(outcomes(group, now, collector));
    }
    known = now;
    return collector.result();
  }

  private List<Outcome> outcomes(
      TargetGroup group, Map<TargetGroup, List<Outcome>> now, Collector collector) {
    List<Outcome> outcomes = known.get(group);
    if (outcomes == null) {
      outcomes = group.targets().stream().map(t -> targets.build(t, group.labels())).toList();
      collector.addFailures(outcomes);
    }
    now.put(group, outcomes);
    return outcomes;
  }

  private final class Collector {
    private final Set<Labels> seen = new HashSet<>();
    private final List<Target> kept = new ArrayList<>();
    private final List<Labels> dropped = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int droppedCount;
    private int found;

    void add(List<Outcome> outcomes) {
      found += outcomes.size();
      for (Outcome outcome : outcomes) {
        switch (outcome) {
          case Outcome.Kept(Target target, Labels identity) -> {
            if (seen.add(identity)) {
              kept.add(target);
            }
          }
          case Outcome.Dropped(Labels labels) -> {
            droppedCount++;
            if (config.keepDroppedTargets() == 0 || dropped.size() < config.keepDroppedTargets()) {
              dropped.add(labels);
            }
          }
          case Outcome.Bad bad -> {}
        }
      }
    }

    void addFailures(List<Outcome> outcomes) {
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Bad(Labels labels, String problem)) {
          failures.add("%s: %s".formatted(labels.get(TargetLabels.ADDRESS), problem));
        }
      }
    }

    Result result() {
      long limit = config.targetLimit();
      String refusal =
          limit > 0 && kept.size() > limit
              ? "target_limit exceeded (number of targets: %d, limit: %d)"
                  .formatted(kept.size(), limit)
              : "";
      return new Result(
          new TargetPool(config.jobName(), kept, dropped, droppedCount, refusal), found, failures);
    }
  }
}
