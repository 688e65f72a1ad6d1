package io.narthex.alerting.internal.alert;

import io.narthex.alerting.internal.matcher.GoText;
import io.narthex.api.alerting.Alert;
import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.model.Labels;
import io.narthex.api.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Checks the alerts that come, counts them and stores them. May be used from any thread. */
public final class AlertIntake {
  private static final String API_VERSION = "v2";

  private final AlertStore store;
  private final Clock clock;
  private final Counter firing;
  private final Counter resolved;
  private final Counter invalid;

  /** Stores what is in order. */
  public AlertIntake(AlertStore store, Clock clock, MetricRegistry metrics) {
    this.store = store;
    this.clock = clock;
    Counter received =
        metrics.counter(
            "alertmanager_alerts_received_total",
            "The total number of received alerts.",
            "status",
            "version");
    firing = received.labels("firing", API_VERSION);
    resolved = received.labels("resolved", API_VERSION);
    invalid =
        metrics
            .counter(
                "alertmanager_alerts_invalid_total",
                "The total number of received alerts that were invalid.",
                "version")
            .labels(API_VERSION);
    List.of(firing, resolved, invalid).forEach(counter -> counter.add(0));
  }

  /**
   * Takes alerts from outside.
   *
   * @param resolveTimeout when an alert without an end ends
   * @return what is wrong with those that were not taken, worded as upstream's
   * @throws io.narthex.api.error.NarthexException with {@link AlertStore#FULL}
   */
  public List<String> accept(List<PostedAlert> posted, Duration resolveTimeout) {
    List<String> problems = new ArrayList<>();
    List<StoredAlert> taken = new ArrayList<>(posted.size());
    for (PostedAlert alert : posted) {
      long now = clock.wallMillis();
      long end = alert.endsAt().orElse(now + resolveTimeout.toMillis());
      count(end, now);
      Optional<String> problem = problem(alert);
      if (problem.isPresent()) {
        invalid.inc();
        problems.add(problem.get());
      } else {
        taken.add(stored(alert, end, now));
      }
    }
    store.put(taken);
    return problems;
  }

  /**
   * Takes alerts of this process' rules.
   *
   * @throws io.narthex.api.error.NarthexException with {@link AlertStore#FULL}
   */
  public void receive(List<Alert> alerts) {
    long now = clock.wallMillis();
    List<StoredAlert> taken = new ArrayList<>(alerts.size());
    for (Alert alert : alerts) {
      count(alert.endsAt(), now);
      taken.add(
          StoredAlert.of(
              alert.labels(),
              alert.annotations(),
              alert.startsAt(),
              alert.endsAt(),
              now,
              false,
              alert.generatorUrl()));
    }
    store.put(taken);
  }

  private void count(long end, long now) {
    (end > now ? firing : resolved).inc();
  }

  private static StoredAlert stored(PostedAlert alert, long end, long now) {
    return StoredAlert.of(
        Labels.of(alert.labels()),
        Labels.of(alert.annotations()),
        start(alert, now),
        end,
        now,
        alert.endsAt().isEmpty(),
        alert.generatorUrl());
  }

  private static long start(PostedAlert alert, long now) {
    return alert.startsAt().orElse(alert.endsAt().orElse(now));
  }

  private static Optional<String> problem(PostedAlert alert) {
    OptionalLong start = alert.startsAt();
    OptionalLong end = alert.endsAt();
    if (start.isPresent() && end.isPresent() && end.getAsLong() < start.getAsLong()) {
      return Optional.of("start time must be before end time");
    }
    if (alert.labels().values().stream().allMatch(String::isEmpty)) {
      return Optional.of("at least one label pair required");
    }
    return problem(alert.labels())
        .map("invalid label set: "::concat)
        .or(() -> problem(alert.annotations()).map("invalid annotations: "::concat));
  }

  private static Optional<String> problem(Map<String, String> labels) {
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      if (label.getKey().isEmpty() || isBroken(label.getKey())) {
        return Optional.of("invalid name " + GoText.quote(label.getKey()));
      }
      if (isBroken(label.getValue())) {
        return Optional.of("invalid value " + GoText.quote(label.getValue()));
      }
    }
    return Optional.empty();
  }

  /** Whether half of a character is missing, which no UTF-8 can say. */
  private static boolean isBroken(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
