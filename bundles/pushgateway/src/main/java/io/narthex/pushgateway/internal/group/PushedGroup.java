package io.narthex.pushgateway.internal.group;

import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricType;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The metrics of a group as they were pushed last.
 *
 * @param createdMillis when the first push came, in ms since 1970
 * @param pushedMillis when the last push succeeded, 0 if none did
 * @param failedMillis when the last push was refused, 0 if none was
 * @param families by name
 */
public record PushedGroup(
    GroupLabels labels,
    long createdMillis,
    long pushedMillis,
    long failedMillis,
    SequencedMap<String, StoredFamily> families) {
  /** When the group changed last. */
  public static final String PUSH_TIME = "push_time_seconds";

  /** When a change of the group was refused. */
  public static final String FAILURE_TIME = "push_failure_time_seconds";

  private static final String PUSH_HELP =
      "Last Unix time when changing this group in the Pushgateway succeeded.";
  private static final String FAILURE_HELP =
      "Last Unix time when changing this group in the Pushgateway failed.";

  /** Keeps a copy of the families. */
  public PushedGroup {
    families = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(families));
  }

  /** A group without metrics. */
  static PushedGroup empty(GroupLabels labels, long nowMillis) {
    return new PushedGroup(labels, nowMillis, 0, 0, new LinkedHashMap<>());
  }

  /** The group after a push; its metrics have the labels of the group already. */
  PushedGroup pushed(List<MetricFamily> pushed, boolean replace, long nowMillis) {
    Map<String, StoredFamily> next =
        replace ? new LinkedHashMap<>() : new LinkedHashMap<>(families);
    for (MetricFamily family : pushed) {
      next.put(family.name(), new StoredFamily(nowMillis, family));
    }
    return new PushedGroup(
        labels, createdMillis, nowMillis, failedMillis, new LinkedHashMap<>(next));
  }

  /** The group after a push that was refused. */
  PushedGroup failed(long nowMillis) {
    return new PushedGroup(labels, createdMillis, pushedMillis, nowMillis, families);
  }

  /** Whether the last push was not refused. */
  public boolean lastPushSucceeded() {
    return failedMillis <= pushedMillis;
  }

  /** The two families that every group has beside the pushed ones. */
  public List<StoredFamily> times() {
    return List.of(
        time(FAILURE_TIME, FAILURE_HELP, failedMillis), time(PUSH_TIME, PUSH_HELP, pushedMillis));
  }

  /** Whether every group has a family of this name, which is not taken from a push. */
  static boolean isTime(String name) {
    return name.equals(PUSH_TIME) || name.equals(FAILURE_TIME);
  }

  private StoredFamily time(String name, String help, long millis) {
    Metric metric = new Metric(labels.over(List.of()), new MetricValue.Gauge(millis / 1e3));
    return new StoredFamily(
        millis == 0 ? createdMillis : millis,
        new MetricFamily(name, help, MetricType.GAUGE, List.of(metric)));
  }
}
