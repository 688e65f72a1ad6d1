package io.narthex.alerting.internal.dispatch;

import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.route.Route;
import io.narthex.api.model.Labels;
import java.util.List;

/**
 * A group of alerts as it is now.
 *
 * @param route the node of the routing tree that made it; names the receiver
 * @param labels by which it was made
 * @param key upstream's key of it
 * @param alerts in upstream's order; resolved ones too, until they were told
 * @param mutedBy names of the time intervals that muted it when it was to be told last; empty if
 *     none did
 */
public record AlertGroup(
    Route route, Labels labels, String key, List<StoredAlert> alerts, List<String> mutedBy) {
  /** Copies the lists. */
  public AlertGroup {
    alerts = List.copyOf(alerts);
    mutedBy = List.copyOf(mutedBy);
  }

  /** The name of who is told. */
  public String receiver() {
    return route.receiver();
  }
}
