package io.narthex.alerting.internal.dispatch;

import io.narthex.alerting.internal.alert.AlertOrder;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.loop.Loop;
import io.narthex.alerting.internal.notify.GroupNews;
import io.narthex.alerting.internal.route.Route;
import io.narthex.api.model.Labels;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A group of alerts that go to one receiver together. Guarded by the dispatcher. */
final class AggregationGroup {
  /** With a shorter group_interval too there is so much time to deliver, as upstream has it. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

  private final Route route;
  private final Labels labels;
  private final String key;
  private final Map<Labels, StoredAlert> alerts = new LinkedHashMap<>();
  private List<String> mutedBy = List.of();
  private Loop.@Nullable Task timer;

  AggregationGroup(Route route, Labels labels) {
    this.route = route;
    this.labels = labels;
    this.key = route.groupKey(labels);
  }

  Route route() {
    return route;
  }

  Labels labels() {
    return labels;
  }

  String key() {
    return key;
  }

  void put(StoredAlert alert) {
    alerts.put(alert.labels(), alert);
  }

  boolean isEmpty() {
    return alerts.isEmpty();
  }

  /** Removes alerts that were told as resolved, unless they were received again meanwhile. */
  void remove(Collection<StoredAlert> told) {
    for (StoredAlert alert : told) {
      alerts.remove(alert.labels(), alert);
    }
  }

  /** Removes what was resolved before that time, though not everybody could be told. */
  void forget(long before) {
    alerts.values().removeIf(alert -> alert.isResolvedAt(before));
  }

  void mutedBy(List<String> intervals) {
    mutedBy = intervals;
  }

  GroupNews news(long now) {
    Duration interval = route.groupInterval();
    return new GroupNews(
        route.receiver(),
        key,
        labels,
        alerts.values().stream()
            .sorted(AlertOrder.ALERTS)
            .map(alert -> new GroupNews.Item(alert, alert.isResolvedAt(now)))
            .toList(),
        now,
        route.repeatInterval(),
        interval.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : interval);
  }

  AlertGroup snapshot() {
    return new AlertGroup(
        route, labels, key, alerts.values().stream().sorted(AlertOrder.ALERTS).toList(), mutedBy);
  }

  void timer(Loop.Task next) {
    cancelTimer();
    timer = next;
  }

  void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
