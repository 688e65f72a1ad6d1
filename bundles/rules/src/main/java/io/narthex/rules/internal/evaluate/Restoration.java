package io.narthex.rules.internal.evaluate;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
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
import java.util.Optional;
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
  private record LastState(long time, double value) {
    /** Times much further from 1970 have no number of ms. */
    private static final double MOST_SECONDS = 9e15;

    /** Since when it is active; empty if it is over, or the value is no time at all. */
    Optional<Instant> activeAt() {
      // Written so that NaN, which stale markers are, is none either.
      return Math.abs(value) <= MOST_SECONDS
          ? Optional.of(Instant.ofEpochSecond((long) value))
          : Optional.empty();
    }

    /** When it was last active, to the second as clocks are stored. */
    Instant seenAt(Duration offset) {
      return Instant.ofEpochSecond(Math.floorDiv(time + offset.toMillis(), 1000));
    }
  }

  /**
   * How a rule is evaluated, as far as it tells what its alerts were.
   *
   * @param interval how often
   * @param offset how much older than its evaluation is what it stores
   * @param sole whether no other rule may have stored the alerts
   */
  record Habits(Duration interval, Duration offset, boolean sole) {}

  /**
   * Takes up the alerts of a rule that was not evaluated yet. Those that fired are known to whom
   * they were sent, and so is their end; if another rule may have stored them, they only have a
   * clock until this one finds them.
   */
  void takeUp(AlertingRule rule, Storage storage, Instant now, Habits habits) {
    List<TrackedAlert> alerts = new ArrayList<>();
    readOrNone(rule, storage, now)
        .forEach(
            (labels, last) ->
                last.activeAt()
                    .map(since -> takenUp(labels, since, last, rule, now, habits))
                    .ifPresent(alerts::add));
    rule.takeUp(Alerts.of(alerts), habits.sole());
  }

  private static TrackedAlert takenUp(
      Labels labels,
      Instant activeAt,
      LastState last,
      AlertingRule rule,
      Instant now,
      Habits habits) {
    Duration holdFor = rule.definition().holdFor();
    Instant seenAt = last.seenAt(habits.offset());
    if (Duration.between(activeAt, seenAt).compareTo(holdFor) >= 0) {
      Instant firedAt = activeAt.plus(holdFor);
      return TrackedAlert.takenUp(
          labels, activeAt, habits.sole() ? Optional.of(firedAt) : Optional.empty());
    }
    Duration away = Duration.between(seenAt, now);
    // Nobody knows whether its condition held meanwhile.
    boolean isGap = away.compareTo(habits.interval().multipliedBy(2)) > 0;
    return TrackedAlert.takenUp(labels, isGap ? activeAt.plus(away) : activeAt, Optional.empty());
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
    if (last == null) {
      return alert;
    }
    Instant seenAt = last.seenAt(Duration.ZERO);
    return last.activeAt()
        .map(since -> RestoredClock.activeAt(since, seenAt, now, holdFor, gracePeriod))
        .map(alert::activeSince)
        .orElse(alert);
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
          states.put(rule.alertLabels(series.labels()), last);
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
