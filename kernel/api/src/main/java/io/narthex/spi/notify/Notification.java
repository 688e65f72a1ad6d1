package io.narthex.spi.notify;

import io.narthex.api.model.Labels;
import java.time.Instant;
import java.util.List;

/**
 * What a receiver is told: the alerts of one group.
 *
 * @param receiver the receiver's name
 * @param groupKey names the group, stable over restarts; upstream's form, for example {@code
 *     {}:{alertname="Down"}}
 * @param groupLabels the labels by which the group was made
 * @param alerts those that fire, then the resolved ones if they are sent; not empty
 * @param externalUrl where the Alertmanager is known outside
 * @param reason why now, upstream's {@code notification_reason}
 * @param time when it is sent
 */
public record Notification(
    String receiver,
    String groupKey,
    Labels groupLabels,
    List<NotifiedAlert> alerts,
    String externalUrl,
    String reason,
    Instant time) {
  /** Copies the list. */
  public Notification {
    alerts = List.copyOf(alerts);
  }

  /** {@code firing} if any alert fires, else {@code resolved}. */
  public String status() {
    return alerts.stream().anyMatch(NotifiedAlert::firing)
        ? NotifiedAlert.FIRING
        : NotifiedAlert.RESOLVED;
  }
}
