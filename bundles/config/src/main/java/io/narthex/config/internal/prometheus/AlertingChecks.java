package io.narthex.config.internal.prometheus;

import io.narthex.api.model.NameValidation;
import io.narthex.config.internal.schema.Settings;

/** Checks the section {@code alertmanagers} of {@code alerting}. */
final class AlertingChecks {
  private final DiscoveryDecoder discoveries;
  private final NameValidation names;

  AlertingChecks(Mechanisms mechanisms, NameValidation names) {
    this.discoveries = new DiscoveryDecoder(mechanisms);
    this.names = names;
  }

  void check(Settings alerting) {
    for (Settings alertmanager : alerting.children("alertmanagers")) {
      RelabelDecoder.decode(alertmanager, "relabel_configs", names);
      RelabelDecoder.decode(alertmanager, "alert_relabel_configs", names);
      CloudAuthChecks.checkExclusive(alertmanager, "sigv4");
      alertmanager.child("sigv4").ifPresent(CloudAuthChecks::checkSigV4);
      discoveries.check(alertmanager, "path_prefix");
    }
  }
}
