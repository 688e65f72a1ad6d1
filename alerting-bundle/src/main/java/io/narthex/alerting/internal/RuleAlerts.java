package io.narthex.alerting.internal;

import io.narthex.api.alerting.Alert;
import io.narthex.api.alerting.AlertSink;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes the alerts of this process' rules. */
@Component(service = AlertSink.class)
public final class RuleAlerts implements AlertSink {
  private final Alertmanager alertmanager;

  /** Hands them to the Alertmanager. */
  @Activate
  public RuleAlerts(@Reference Alertmanager alertmanager) {
    this.alertmanager = alertmanager;
  }

  @Override
  public void accept(List<Alert> alerts) {
    alertmanager.receive(alerts);
  }
}
