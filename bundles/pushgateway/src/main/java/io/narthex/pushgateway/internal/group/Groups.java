package io.narthex.pushgateway.internal.group;

import io.narthex.api.error.NarthexException;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.intake.ParsedPush;
import io.narthex.spi.state.KeyedLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All groups: in memory, and each change in a log before it counts. Without a log nothing can be
 * changed, and what was read last can be read on. May be used from any thread; changes wait for the
 * disk.
 */
public final class Groups {
  private static final Logger logger = LoggerFactory.getLogger(Groups.class);

  private static final PushOutcome.Unavailable NO_LOG =
      new PushOutcome.Unavailable("the store of the pushed groups is not there now");

  private final GroupLimits limits;
  private final Map<GroupLabels, Kept> groups = new LinkedHashMap<>();
  private final FamilyIndex index = new FamilyIndex();
  private long bytes;
  private boolean loaded;
  private @Nullable KeyedLog log;

  /** A group, and about how much memory it takes. */
  private record Kept(PushedGroup group, long bytes) {}

  /** No groups, and no log yet. */
  public Groups(GroupLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes what the log holds in place of all that was there, and keeps changes in it from now on.
   * The log still belongs to the caller.
   */
  public synchronized void open(KeyedLog opened) {
    List<PushedGroup> read = new ArrayList<>();
    List<String> problems =
        opened.read(
            (key, value) -> {
              try {
                PushedGroup group = GroupFormat.read(value);
                if (!group.labels().key().equals(key)) {
                  throw new GroupFormat.BadGroupException("it is the group " + group.labels());
                }
                read.add(group);
              } catch (GroupFormat.BadGroupException e) {
                logger
                    .atError()
                    .addKeyValue("group", key)
                    .addKeyValue("err", e.getMessage())
                    .log("a pushed group cannot be read and is lost");
              }
            });
    problems.forEach(
        problem -> logger.atError().addKeyValue("err", problem).log("pushed groups are lost"));
    clear();
    read.sort(
        Comparator.comparingLong(PushedGroup::createdMillis)
            .thenComparing(group -> group.labels().key()));
    read.forEach(group -> keep(group, GroupLimits.weight(group)));
    log = opened;
    loaded = true;
  }

  /** Changes nothing any more until another log is opened. */
  public synchronized void close() {
    log = null;
  }

  /** Whether changes are possible. */
  public synchronized boolean isOpen() {
    return log != null;
  }

  /** Whether the groups were read from a log at least once. */
  public synchronized boolean isLoaded() {
    return loaded;
  }

  /** All groups as they are now, the oldest first. */
  public synchronized List<PushedGroup> all() {
    List<PushedGroup> all = new ArrayList<>(groups.size());
    groups.values().forEach(kept -> all.add(kept.group()));
    return all;
  }

  /** How many groups there are. */
  public synchronized int size() {
    return groups.size();
  }

  /** About how much memory all groups take. */
  public synchronized long bytes() {
    return bytes;
  }

  /** How much memory the metrics of a push into this group may take now. */
  public synchronized long room(GroupLabels labels) {
    Kept before = groups.get(labels);
    long weightBefore = before == null ? 0 : before.bytes();
    // A group may always shrink.
    return Math.max(limits.totalBytes() - bytes + weightBefore, weightBefore) - GroupLimits.GROUP;
  }

  /**
   * What becomes of a push that was not read to its end, since {@link #room} is not enough for it.
   *
   * @param least how much memory its metrics would take at least
   */
  public synchronized PushOutcome overflow(GroupLabels labels, long least) {
    Kept before = groups.get(labels);
    long weightBefore = before == null ? 0 : before.bytes();
    return new PushOutcome.Full(tooHeavy(bytes - weightBefore + GroupLimits.GROUP + least));
  }

  private String tooHeavy(long after) {
    return "all groups would take %d bytes of memory, and they may take %d: delete some"
        .formatted(after, limits.totalBytes());
  }

  /**
   * Takes a push. One that is refused leaves the time of the refusal in its group.
   *
   * @param replace whether the group's other families go
   */
  public synchronized PushOutcome push(
      GroupLabels labels, ParsedPush push, boolean replace, long nowMillis) {
    if (log == null) {
      return NO_LOG;
    }
    Kept before = groups.get(labels);
    PushedGroup old = before == null ? PushedGroup.empty(labels, nowMillis) : before.group();
    if (push.timestamped()) {
      return refused(old, "pushed metrics must not have timestamps", nowMillis);
    }
    List<MetricFamily> families = labelled(labels, push.families());
    PushedGroup next = old.pushed(families, replace, nowMillis);
    String problem = Consistency.problem(index, next, families);
    return problem == null ? store(next) : refused(old, problem, nowMillis);
  }

  private static List<MetricFamily> labelled(GroupLabels labels, List<MetricFamily> pushed) {
    List<MetricFamily> families = new ArrayList<>(pushed.size());
    for (MetricFamily family : pushed) {
      if (!PushedGroup.isTime(family.name())) {
        families.add(
            family.withMetrics(
                family.metrics().stream()
                    .map(metric -> new Metric(labels.over(metric.labels()), metric.value()))
                    .toList()));
      }
    }
    return families;
  }

  private PushOutcome refused(PushedGroup old, String reason, long nowMillis) {
    PushOutcome marked = store(old.failed(nowMillis));
    if (!(marked instanceof PushOutcome.Done)) {
      logger
          .atWarn()
          .addKeyValue("group", old.labels())
          .addKeyValue("err", marked)
          .log("the time of a refused push cannot be kept");
    }
    return new PushOutcome.Refused(reason);
  }

  private PushOutcome store(PushedGroup next) {
    Kept before = groups.get(next.labels());
    long weight = GroupLimits.weight(next);
    String full = full(before, weight);
    if (full != null) {
      return new PushOutcome.Full(full);
    }
    byte[] value = GroupFormat.write(next);
    if (value.length > limits.groupBytes()) {
      return new PushOutcome.Full(
          "the group would have %d bytes, and it may have %d at most: push less"
              .formatted(value.length, limits.groupBytes()));
    }
    return write(log -> log.put(next.labels().key(), value), () -> keep(next, weight));
  }

  private @Nullable String full(@Nullable Kept before, long weight) {
    if (before == null && groups.size() >= limits.groups()) {
      return "there are %d groups already, and there may be no more: delete some"
          .formatted(groups.size());
    }
    long weightBefore = before == null ? 0 : before.bytes();
    long after = bytes - weightBefore + weight;
    if (after > limits.totalBytes() && weight > weightBefore) {
      return tooHeavy(after);
    }
    return null;
  }

  /** Deletes a group; one that is not there is deleted already. */
  public synchronized PushOutcome delete(GroupLabels labels) {
    return write(
        log -> log.remove(labels.key()),
        () -> {
          Kept gone = groups.remove(labels);
          if (gone != null) {
            index.remove(gone.group());
            bytes -= gone.bytes();
          }
        });
  }

  /** Deletes all groups. */
  public synchronized PushOutcome wipe() {
    for (GroupLabels labels : List.copyOf(groups.keySet())) {
      PushOutcome outcome = delete(labels);
      if (!(outcome instanceof PushOutcome.Done)) {
        return outcome;
      }
    }
    return log == null ? NO_LOG : new PushOutcome.Done();
  }

  /** What is done with the log. */
  private interface Change {
    void in(KeyedLog log);
  }

  private PushOutcome write(Change change, Runnable then) {
    if (log == null) {
      return NO_LOG;
    }
    try {
      change.in(log);
    } catch (NarthexException e) {
      String reason = String.valueOf(e.getMessage());
      logger.atError().addKeyValue("err", reason).log("a pushed group cannot be kept");
      return switch (e.code().kind()) {
        case UNAVAILABLE -> NO_LOG;
        case BAD_DATA -> new PushOutcome.Refused(reason);
        default -> new PushOutcome.Failed("the group cannot be kept: " + reason);
      };
    }
    then.run();
    return new PushOutcome.Done();
  }

  private void keep(PushedGroup group, long weight) {
    Kept before = groups.put(group.labels(), new Kept(group, weight));
    if (before != null) {
      index.remove(before.group());
      bytes -= before.bytes();
    }
    index.add(group);
    bytes += weight;
  }

  private void clear() {
    groups.values().forEach(kept -> index.remove(kept.group()));
    groups.clear();
    bytes = 0;
  }
}
