package io.narthex.alerting.internal.inhibit;

import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.config.InhibitRule;
import io.narthex.api.model.Labels;
import io.narthex.api.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Says which alerts mute an alert. It hears of alerts before those who notify about them do. May be
 * used from any thread.
 */
public final class Inhibitor implements AlertStore.Listener {
  private final List<Inhibition> inhibitions;
  private final Clock clock;

  /** Mutes by these rules. */
  public Inhibitor(List<InhibitRule> rules, Clock clock) {
    this.inhibitions = rules.stream().map(Inhibition::new).toList();
    this.clock = clock;
  }

  @Override
  public synchronized void received(List<StoredAlert> alerts) {
    for (StoredAlert alert : alerts) {
      inhibitions.forEach(inhibition -> inhibition.received(alert));
    }
  }

  @Override
  public synchronized void collected(List<StoredAlert> alerts) {
    for (StoredAlert alert : alerts) {
      inhibitions.forEach(inhibition -> inhibition.collected(alert));
    }
  }

  /** The fingerprint of the alert that mutes such an alert now, of the first rule that does. */
  public synchronized List<String> inhibitedBy(Labels labels) {
    long now = clock.wallMillis();
    return inhibitions.stream()
        .map(inhibition -> inhibition.inhibits(labels, now))
        .flatMap(Optional::stream)
        .findFirst()
        .map(StoredAlert::fingerprintText)
        .stream()
        .toList();
  }
}
