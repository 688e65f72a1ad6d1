package io.narthex.alerting.internal.silence;

import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.model.Labels;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What mutes alerts for a while. Times are in ms since 1970.
 *
 * @param id a UUID; {@code ""} for one that is to be made
 * @param matcherSets it mutes what one of them matches
 * @param startsAt since when; 0 for one that is to begin when it is made
 * @param endsAt until when
 * @param updatedAt when it was changed last
 */
public record Silence(
    String id,
    List<Matchers> matcherSets,
    long startsAt,
    long endsAt,
    long updatedAt,
    String createdBy,
    String comment,
    SortedMap<String, String> annotations) {
  /** Copies the collections. */
  public Silence {
    matcherSets = List.copyOf(matcherSets);
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /** Where it stands at that time. */
  public SilenceState stateAt(long millis) {
    if (millis >= endsAt) {
      return SilenceState.EXPIRED;
    }
    return millis < startsAt ? SilenceState.PENDING : SilenceState.ACTIVE;
  }

  /** Whether it mutes such an alert while it is active. */
  public boolean matches(Labels labels) {
    return matcherSets.stream().anyMatch(set -> set.matches(labels));
  }

  Silence withId(String newId) {
    return new Silence(
        newId, matcherSets, startsAt, endsAt, updatedAt, createdBy, comment, annotations);
  }

  Silence withTimes(long newStart, long newEnd, long newUpdate) {
    return new Silence(
        id, matcherSets, newStart, newEnd, newUpdate, createdBy, comment, annotations);
  }
}
