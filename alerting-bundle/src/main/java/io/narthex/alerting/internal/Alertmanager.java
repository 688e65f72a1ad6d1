package io.narthex.alerting.internal;

import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.PostedAlert;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.dispatch.AlertGroup;
import io.narthex.alerting.internal.route.RouteTree;
import io.narthex.alerting.internal.silence.Silences;
import io.narthex.api.alerting.Alert;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.model.Labels;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The Alertmanager, for its HTTP API. A service inside this bundle. May be used from any thread;
 * only what changes silences waits for the disk. All but {@link #silences}, {@link #startedAt},
 * {@link #receive} and {@link #reload} throw a {@link io.narthex.api.error.NarthexException} with a
 * kind of unavailable while no configuration is in force, which is so only if the file was broken
 * when the bundle was started anew.
 */
public interface Alertmanager {
  /** The configuration in force. */
  AlertmanagerConfig config();

  /** Its routing tree. */
  RouteTree routes();

  /** When the server began to alert. */
  Instant startedAt();

  /**
   * Takes alerts from outside: those that are in order; counts them.
   *
   * @return what is wrong with the others, worded as upstream's
   * @throws io.narthex.api.error.NarthexException with {@link
   *     io.narthex.alerting.internal.alert.AlertStore#FULL}
   */
  List<String> accept(List<PostedAlert> alerts);

  /**
   * Takes alerts of this process' rules, also while no configuration is in force: they are
   * dispatched once one is.
   *
   * @throws io.narthex.api.error.NarthexException with {@link
   *     io.narthex.alerting.internal.alert.AlertStore#FULL}
   */
  void receive(List<Alert> alerts);

  /** All alerts, in no order; resolved ones too if they were not collected yet. */
  List<StoredAlert> alerts();

  /** The groups, in upstream's order. */
  List<AlertGroup> groups();

  /** What stands against notifying about such an alert now. */
  AlertStatus status(Labels alert);

  /** The silences. */
  Silences silences();

  /**
   * Loads the configuration file again and puts it in force if nothing is wrong with it; else what
   * is in force stays.
   *
   * @return how it went; never fails
   */
  CompletableFuture<LoadAttempt> reload();
}
