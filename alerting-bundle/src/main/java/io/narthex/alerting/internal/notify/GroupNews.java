package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.api.model.Labels;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifiedAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The alerts of a group as they were when it was to be told. What fired then fires in it for ever.
 *
 * @param time when that was, in ms since 1970
 * @param patience how long it may be tried to tell it
 */
public record GroupNews(
    String receiver,
    String groupKey,
    Labels groupLabels,
    List<Item> items,
    long time,
    Duration repeatInterval,
    Duration patience) {
  /** Copies the list. */
  public GroupNews {
    items = List.copyOf(items);
  }

  /** An alert, and whether it was resolved. */
  public record Item(StoredAlert alert, boolean resolved) {}

  /** The same with other alerts. */
  public GroupNews with(List<Item> others) {
    return new GroupNews(receiver, groupKey, groupLabels, others, time, repeatInterval, patience);
  }

  Told told(boolean resolved) {
    return Told.of(
        items.stream()
            .filter(item -> item.resolved() == resolved)
            .map(item -> item.alert().labels().stableHash())
            .toList());
  }

  /** What is delivered: the alerts in upstream's order, without the resolved ones unless wanted. */
  Notification notification(boolean sendResolved, String externalUrl, Reason reason) {
    List<NotifiedAlert> alerts =
        items.stream()
            .filter(item -> sendResolved || !item.resolved())
            .map(GroupNews::notified)
            .toList();
    return new Notification(
        receiver,
        groupKey,
        groupLabels,
        alerts,
        externalUrl,
        reason.text(),
        Instant.ofEpochMilli(time));
  }

  private static NotifiedAlert notified(Item item) {
    StoredAlert alert = item.alert();
    return new NotifiedAlert(
        alert.labels(),
        alert.annotations(),
        Instant.ofEpochMilli(alert.startsAt()),
        item.resolved() ? Optional.of(Instant.ofEpochMilli(alert.endsAt())) : Optional.empty(),
        alert.generatorUrl(),
        alert.fingerprintText());
  }
}
