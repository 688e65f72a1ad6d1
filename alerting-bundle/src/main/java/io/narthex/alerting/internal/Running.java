package io.narthex.alerting.internal;

import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.dispatch.Dispatcher;
import io.narthex.alerting.internal.inhibit.Inhibitor;
import io.narthex.alerting.internal.notify.Integration;
import io.narthex.alerting.internal.route.RouteTree;
import java.util.List;

/**
 * What is made of one configuration.
 *
 * @param subscriptions to the alerts
 */
record Running(
    AlertmanagerConfig config,
    RouteTree routes,
    Inhibitor inhibitor,
    Dispatcher dispatcher,
    List<Integration> integrations,
    List<AlertStore.Subscription> subscriptions) {
  /** Copies the lists. */
  Running {
    integrations = List.copyOf(integrations);
    subscriptions = List.copyOf(subscriptions);
  }

  /** Ends the groups; what is being delivered goes on. */
  void stop() {
    subscriptions.forEach(AlertStore.Subscription::close);
    dispatcher.stop();
  }
}
