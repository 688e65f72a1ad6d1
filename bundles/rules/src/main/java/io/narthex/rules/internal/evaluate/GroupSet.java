package io.narthex.rules.internal.evaluate;

import io.narthex.api.rules.RuleGroup;
import io.narthex.rules.internal.file.GroupDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups that are evaluated. A reload leaves those alone that say the same as before; one that
 * has changed takes over from the one before; the series of one that is gone are ended after two of
 * its intervals, in which other groups may have taken them on.
 */
public final class GroupSet {
  private static final Logger logger = LoggerFactory.getLogger(GroupSet.class);

  /** How often it is tried to end the series of a group that is gone. */
  private static final int ATTEMPTS_TO_END = 10;

  private static final Comparator<RuleGroup> ORDER =
      Comparator.comparing(RuleGroup::file).thenComparing(RuleGroup::name);

  private final GroupServices groupServices;
  private final LoopServices loopServices;

  private Map<GroupDefinition.Id, GroupLoop> loops = new LinkedHashMap<>();

  private boolean stopped;
  private boolean first = true;

  /** No groups yet. */
  public GroupSet(GroupServices groupServices, LoopServices loopServices) {
    this.groupServices = groupServices;
    this.loopServices = loopServices;
  }

  /** Evaluates these groups from now on, and no others. */
  public synchronized void apply(List<GroupDefinition> wanted) {
    if (stopped) {
      return;
    }
    Map<GroupDefinition.Id, GroupLoop> next = new LinkedHashMap<>();
    AlertOwners owners = AlertOwners.of(wanted);
    for (GroupDefinition definition : wanted) {
      GroupLoop before = loops.remove(definition.id());
      boolean same = before != null && before.group().definition().equals(definition);
      next.put(definition.id(), same ? before : replace(definition, before, owners));
    }
    loops.values().forEach(this::retire);
    loops = next;
    first = false;
  }

  private GroupLoop replace(
      GroupDefinition definition, @Nullable GroupLoop before, AlertOwners owners) {
    // One that takes over learns from the other, once that has stopped, if it is still to restore.
    boolean restore = before != null || first;
    Group group = new Group(definition, restore, owners, groupServices);
    GroupLoop loop = new GroupLoop(group, loopServices);
    if (before == null) {
      loop.start();
    } else {
      loop.startAfter(before);
    }
    return loop;
  }

  private void retire(GroupLoop loop) {
    Group group = loop.group();
    loop.stop()
        .thenRun(
            () -> {
              group.metrics().close();
              long now = loopServices.clock().wallMillis();
              endLater(group, Instant.ofEpochMilli(now), ATTEMPTS_TO_END);
            });
  }

  private void endLater(Group group, Instant stoppedAt, int attempts) {
    Duration delay = group.definition().interval().multipliedBy(2);
    loopServices
        .alarms()
        .at(
            loopServices.clock().wallMillis() + delay.toMillis(),
            () -> {
              try {
                loopServices.threads().execute(() -> end(group, stoppedAt, attempts));
              } catch (RejectedExecutionException | IllegalStateException full) {
                endAgain(group, stoppedAt, attempts);
              }
            });
  }

  private void end(Group group, Instant stoppedAt, int attempts) {
    synchronized (this) {
      if (stopped) {
        return;
      }
    }
    Optional<Means> means = loopServices.means().get();
    boolean ended =
        means.isPresent() && group.end(means.get().storage(), stoppedAt, means.get().queryOffset());
    if (!ended) {
      endAgain(group, stoppedAt, attempts);
    }
  }

  private void endAgain(Group group, Instant stoppedAt, int attempts) {
    if (attempts > 1) {
      endLater(group, stoppedAt, attempts - 1);
      return;
    }
    group.close();
    logger
        .atWarn()
        .addKeyValue("group", group.definition().key())
        .log("the series of a group that is gone could not be ended");
  }

  /** All groups as they are now, by file, then by name. */
  public List<RuleGroup> groups() {
    return current().stream().map(loop -> loop.group().snapshot()).sorted(ORDER).toList();
  }

  private synchronized List<GroupLoop> current() {
    return List.copyOf(loops.values());
  }

  /** Stops all groups, without stale markers: the next server or update goes on with them. */
  public void stop() {
    List<GroupLoop> all;
    synchronized (this) {
      stopped = true;
      all = current();
    }
    for (GroupLoop loop : all) {
      loop.stop().thenRun(loop.group()::close);
    }
  }
}
