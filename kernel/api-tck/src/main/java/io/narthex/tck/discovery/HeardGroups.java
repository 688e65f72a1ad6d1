package io.narthex.tck.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.spi.discovery.TargetGroup;
import io.narthex.spi.discovery.TargetGroupListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A listener that remembers what it was told: the groups there are after all updates, and the
 * problems. May be used from any thread.
 */
public final class HeardGroups implements TargetGroupListener {
  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private int updates;
  private int calls;

  @Override
  public synchronized void update(List<TargetGroup> changed) {
    updates++;
    calls++;
    if (changed.stream().map(TargetGroup::source).distinct().count() < changed.size()) {
      complaints.add("an update names a source twice: " + changed);
    }
    for (TargetGroup group : changed) {
      if (group.source().isEmpty()) {
        complaints.add("a group has no source: " + group);
      }
      if (group.targets().isEmpty()) {
        groups.remove(group.source());
      } else {
        groups.put(group.source(), group);
      }
    }
    notifyAll();
  }

  @Override
  public synchronized void failed(String problem) {
    calls++;
    if (problem.isBlank()) {
      complaints.add("a failure says nothing");
    }
    problems.add(problem);
    notifyAll();
  }

  /** The groups with targets, by source. */
  public synchronized Map<String, TargetGroup> groups() {
    return Map.copyOf(groups);
  }

  /** What failed, in order. */
  public synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** What no discovery may do. */
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How often there was an update. */
  public synchronized int updates() {
    return updates;
  }

  /** How often the listener was called at all. */
  public synchronized int calls() {
    return calls;
  }

  /** Waits for more than so many calls, but not for long; answers how many there are then. */
  synchronized int hears(int known, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left; calls <= known && (left = (end - System.nanoTime()) / 1_000_000) > 0; ) {
      wait(left);
    }
    return calls;
  }

  /**
   * Waits until the condition holds; it is looked at after each call.
   *
   * @throws AssertionError if it does not in time
   */
  public synchronized void await(String what, Duration limit, Predicate<HeardGroups> condition)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.test(this)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      assertThat(left)
          .as(
              "%s within %s; there are the groups %s and the problems %s",
              what, limit, groups, problems)
          .isPositive();
      wait(left);
    }
  }
}
