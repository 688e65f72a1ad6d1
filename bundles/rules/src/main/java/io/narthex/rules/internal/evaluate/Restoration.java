package io.narthex.rules.internal.evaluate;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.rules.internal.alert.AlertTexts;
import io.narthex.rules.internal.alert.Alerts;
import io.narthex.rules.internal.alert.RestoredClock;
import io.narthex.rules.internal.alert.TrackedAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the clocks of alerts go on by what {@code ALERTS_FOR_STATE} says: after a restart of the
 * server as upstream does, once rules have been evaluated; after an update of this bundle alone,
 * through which everything else went on, at once and to the second.
 *
 * @param outageTolerance how long ago an alert may have been active to go on
 * @param gracePeriod how long an alert that goes on is pending at least
 * @param afterUpdate whether the server has been running all the time
 */
public record Restoration(Duration outageTolerance, Duration gracePeriod, boolean afterUpdate) {
  private static final Logger logger = LoggerFactory.getLogger(Restoration.class);
  private static final int SAMPLES_A_READ = 512;

  /**
   * What an alert last said.
   *
   * @param time when, in ms since 1970
   * @param value since when it was active, in s since 1970, or a stale marker
   */
  private record LastState(long time, double value) {}

  /** Takes up the alerts of a rule that was not evaluated yet. */
  void takeUp(AlertingRule rule, Storage storage, Instant now) {
    List<TrackedAlert> alerts = new ArrayList<>();
    readOrNone(rule, storage, now)
        .forEach(
            (labels, last) -> {
              if (!StaleMarker.is(last.value())) {
                alerts.add(
                    TrackedAlert.takenUp(labels, Instant.ofEpochSecond((long) last.value())));
              }
            });
    rule.takeUp(Alerts.of(alerts));
  }

  /** Restores the alerts of a rule; where that fails, their clocks have begun anew. */
  void restore(AlertingRule rule, Storage storage, Instant now) {
    // A rule that fires sooner than the grace period is not made to wait for it.
    Map<Labels, LastState> found =
        rule.definition().holdFor().compareTo(gracePeriod) >= 0
            ? readOrNone(rule, storage, now)
            : Map.of();
    Duration holdFor = rule.definition().holdFor();
    rule.restore(alert -> restored(alert, found.get(alert.labels()), now, holdFor));
  }

  private Map<Labels, LastState> readOrNone(AlertingRule rule, Storage storage, Instant now) {
    try {
      return read(rule, storage, now);
    } catch (NarthexException e) {
      logger
          .atError()
          .addKeyValue("alert", rule.definition().name())
          .addKeyValue("err", e.getMessage())
          .log("the clocks of an alerting rule could not be restored");
      return Map.of();
    }
  }

  private TrackedAlert restored(
      TrackedAlert alert, @Nullable LastState last, Instant now, Duration holdFor) {
    if (last == null || StaleMarker.is(last.value())) {
      return alert;
    }
    return alert.activeSince(
        RestoredClock.activeAt(
            Instant.ofEpochSecond((long) last.value()),
            Instant.ofEpochSecond(Math.floorDiv(last.time(), 1000)),
            now,
            holdFor,
            gracePeriod));
  }

  private Map<Labels, LastState> read(AlertingRule rule, Storage storage, Instant now) {
    long max = now.toEpochMilli();
    long min = now.minus(outageTolerance).toEpochMilli();
    Map<Labels, LastState> states = new HashMap<>();
    try (Querier querier = storage.querier(min, max)) {
      SeriesSet series = querier.select(min, max, matchers(rule));
      while (series.next()) {
        LastState last = last(series.samples());
        if (last != null) {
          Labels alert = series.labels().toBuilder().remove(Labels.METRIC_NAME).build();
          states.put(alert, last);
        }
      }
    }
    return states;
  }

  private static List<Matcher> matchers(AlertingRule rule) {
    List<Matcher> matchers = new ArrayList<>();
    matchers.add(equal(Labels.METRIC_NAME, AlertingRule.ALERTS_FOR_STATE));
    matchers.add(equal(AlertTexts.ALERT_NAME, rule.definition().name()));
    rule.definition()
        .labels()
        .forEach(
            (name, value) -> {
              // Its values differ from alert to alert.
              if (!AlertTexts.isTemplate(value) && !name.equals(AlertTexts.ALERT_NAME)) {
                matchers.add(equal(name, value));
              }
            });
    return matchers;
  }

  private static Matcher equal(String name, String value) {
    return new Matcher(MatchType.EQUAL, name, value);
  }

  private static @Nullable LastState last(SampleCursor samples) {
    long[] times = new long[SAMPLES_A_READ];
    double[] values = new double[SAMPLES_A_READ];
    LastState last = null;
    for (int n = samples.read(times, values, 0, SAMPLES_A_READ);
        n >= 0;
        n = samples.read(times, values, 0, SAMPLES_A_READ)) {
      if (n > 0) {
        last = new LastState(times[n - 1], values[n - 1]);
      }
    }
    return last;
  }
}
