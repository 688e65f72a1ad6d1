package io.narthex.alerting.internal.alert;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Utf8Order;
import java.util.Comparator;

/**
 * The order in which upstream shows alerts: by job, by instance (those without come last), then by
 * all labels.
 */
public final class AlertOrder {
  /** The order of alerts. */
  public static final Comparator<StoredAlert> ALERTS =
      Comparator.comparing(StoredAlert::labels, AlertOrder::compareAlerts);

  /** Upstream's order of label sets: fewer labels first, then by name and value. */
  public static final Comparator<Labels> LABELS = AlertOrder::compareLabels;

  private AlertOrder() {}

  private static int compareAlerts(Labels a, Labels b) {
    int byJob = compareValue(a.get("job"), b.get("job"));
    if (byJob != 0) {
      return byJob;
    }
    int byInstance = compareValue(a.get("instance"), b.get("instance"));
    return byInstance != 0 ? byInstance : compareLabels(a, b);
  }

  private static int compareValue(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    return Utf8Order.compare(a, b);
  }

  private static int compareLabels(Labels a, Labels b) {
    if (a.size() != b.size()) {
      return Integer.compare(a.size(), b.size());
    }
    return a.compareTo(b);
  }
}
