package io.narthex.alerting.internal;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.MetricRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is over, from time to time, and counts how that goes. */
final class Upkeep {
  private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

  private final Task silences;
  private final Task notifications;

  private record Task(String what, Runnable collect, Counter runs, Counter errors) {
    void run() {
      runs.inc();
      try {
        collect.run();
      } catch (RuntimeException e) {
        errors.inc();
        logger
            .atError()
            .addKeyValue("of", what)
            .setCause(e)
            .log("what is over cannot be forgotten");
      }
    }
  }

  Upkeep(Runnable silences, Runnable notifications, MetricRegistry metrics) {
    this.silences =
        new Task(
            "silences",
            silences,
            metrics.counter(
                "alertmanager_silences_maintenance_total",
                "How many maintenances were executed for silences."),
            metrics.counter(
                "alertmanager_silences_maintenance_errors_total",
                "How many maintenances were executed for silences that failed."));
    this.notifications =
        new Task(
            "notifications",
            notifications,
            metrics.counter(
                "alertmanager_nflog_maintenance_total",
                "How many maintenances were executed for the notification log."),
            metrics.counter(
                "alertmanager_nflog_maintenance_errors_total",
                "How many maintenances were executed for the notification log that failed."));
  }

  void run() {
    silences.run();
    notifications.run();
  }
}
