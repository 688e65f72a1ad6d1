package io.narthex.alerting.internal.config;

import io.narthex.alerting.internal.interval.TimeInterval;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An {@code alertmanager.yml} that is in order.
 *
 * @param origin the file's name
 * @param resolveTimeout when an alert without an end counts as resolved if it is not sent again
 * @param route the root of the routing tree
 * @param timeIntervals by name, the deprecated ones included; an instant is in it if it is in any
 *     of the list
 * @param text the file as it is shown to people, without secrets
 */
public record AlertmanagerConfig(
    String origin,
    Duration resolveTimeout,
    RouteConfig route,
    List<InhibitRule> inhibitRules,
    Map<String, List<TimeInterval>> timeIntervals,
    NotifierSettings notifiers,
    String text) {
  /** Copies the collections. */
  public AlertmanagerConfig {
    inhibitRules = List.copyOf(inhibitRules);
    timeIntervals = Map.copyOf(timeIntervals);
  }

  /** The receivers. */
  public List<Receiver> receivers() {
    return notifiers.receivers();
  }
}
