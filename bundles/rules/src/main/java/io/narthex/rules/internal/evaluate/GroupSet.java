package io.narthex.rules.internal.evaluate;

import io.narthex.api.rules.RuleGroup;
import io.narthex.api.storage.Storage;
import io.narthex.rules.internal.file.GroupDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups that are evaluated. A reload leaves those alone that say the same as before; one that
 * has changed takes over from the one before; the series of one that is gone are ended after two of
 * its intervals, in which other groups may have taken them on.
 */
public final class GroupSet {
  /** How often it is tried to end the series of a group that is gone. */
  private static final int ATTEMPTS_TO_END = 10;

  private static final Comparator<RuleGroup> ORDER =
      Comparator.comparing(RuleGroup::file).thenComparing(RuleGroup::name);

  private final GroupServices groupServices;
  private final LoopServices loopServices;

  private Map<String, GroupLoop> loops = new LinkedHashMap<>();

  /** Groups that are gone but whose series have not ended yet. */
  private final Set<Group> retired = new HashSet<>();

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
    Map<String, GroupLoop> next = new LinkedHashMap<>();
    for (GroupDefinition definition : wanted) {
      GroupLoop before = loops.remove(definition.key());
      boolean same = before != null && before.group().definition().equals(definition);
      next.put(definition.key(), same ? before : replace(definition, before));
    }
    loops.values().forEach(this::retire);
    loops = next;
    first = false;
  }

  private GroupLoop replace(GroupDefinition definition, @Nullable GroupLoop before) {
    boolean restore = before == null ? first : before.group().isRestorePending();
    Group group = new Group(definition, restore, groupServices);
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
    retired.add(group);
    loop.stop()
        .thenRun(
            () -> {
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
            () -> loopServices.threads().execute(() -> end(group, stoppedAt, attempts)));
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
    if (ended || attempts == 1) {
      synchronized (this) {
        retired.remove(group);
      }
    } else {
      endLater(group, stoppedAt, attempts - 1);
    }
  }

  /** All groups as they are now, by file, then by name. */
  public List<RuleGroup> groups() {
    return current().stream().map(loop -> loop.group().snapshot()).sorted(ORDER).toList();
  }

  private synchronized List<GroupLoop> current() {
    return List.copyOf(loops.values());
  }

  /** Gives appenders of a storage that is going back. */
  public void release(Storage going) {
    List<Group> all;
    synchronized (this) {
      all = new ArrayList<>(retired);
      loops.values().forEach(loop -> all.add(loop.group()));
    }
    all.forEach(group -> group.release(going));
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
