package io.narthex.alerting.internal.api;

import com.google.re2j.Pattern;
import io.narthex.alerting.internal.Alertmanager;
import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.config.Receiver;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.model.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which alerts a request asks for. For one request. */
final class AlertFilter {
  private final Matchers filter;
  private final Optional<Pattern> receiver;
  private final Matchers receiverMatchers;
  private final boolean active;
  private final boolean silenced;
  private final boolean inhibited;
  private final Map<String, Labels> receiverLabels = new HashMap<>();
  private final long now;

  AlertFilter(QueryParameters query, Alertmanager alertmanager, long now) {
    this.filter = query.filter();
    this.receiver = query.receiver();
    this.receiverMatchers = query.receiverMatchers();
    this.active = query.isOn("active");
    this.silenced = query.isOn("silenced");
    this.inhibited = query.isOn("inhibited");
    this.now = now;
    for (Receiver each : alertmanager.config().receivers()) {
      receiverLabels.put(each.name(), each.labels());
    }
  }

  /** Whether the receiver of that name is asked for. */
  boolean hasReceiver(String name) {
    return matchesName(name) && matchesLabels(name);
  }

  /** Whether the name is what {@code receiver} asks for. */
  boolean matchesName(String name) {
    return receiver.isEmpty() || receiver.get().matcher(name).find();
  }

  /** Whether the receiver's labels are what {@code receiver_matchers} ask for. */
  boolean matchesLabels(String name) {
    Labels labels = receiverLabels.get(name);
    return receiverMatchers.isEmpty() || labels != null && receiverMatchers.matches(labels);
  }

  /** Whether the alert is not over, and has the labels. */
  boolean hasAlert(StoredAlert alert) {
    return alert.endsAt() >= now && filter.matches(alert.labels());
  }

  /** Whether alerts that stand so are asked for. */
  boolean hasStatus(AlertStatus status) {
    return (active || status.state() != AlertStatus.State.ACTIVE)
        && (silenced || status.silencedBy().isEmpty())
        && (inhibited || status.inhibitedBy().isEmpty());
  }
}
