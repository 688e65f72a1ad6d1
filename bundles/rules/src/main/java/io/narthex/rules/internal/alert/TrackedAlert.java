package io.narthex.rules.internal.alert;

import io.narthex.api.model.Labels;
import io.narthex.api.rules.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert between two evaluations: pending, firing or, for a while, resolved. Upstream's states
 * and times.
 *
 * @param state {@link AlertState#INACTIVE} if it is resolved
 * @param activeAt since when its condition holds
 * @param firedAt since when it fires
 * @param lastSentAt when it was handed on to be sent
 * @param keepFiringSince since when it fires on though its condition does not hold
 */
public record TrackedAlert(
    Labels labels,
    Labels annotations,
    double value,
    AlertState state,
    Instant activeAt,
    Optional<Instant> firedAt,
    Optional<Instant> resolvedAt,
    Optional<Instant> lastSentAt,
    Optional<Instant> keepFiringSince) {
  /** How long a resolved alert is kept, and sent again, in case its end was lost on the way. */
  public static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);

  /** An alert whose condition was not met before. */
  static TrackedAlert begin(FoundAlert found, Instant now, Duration holdFor) {
    return new TrackedAlert(
            found.labels(),
            found.annotations(),
            found.value(),
            AlertState.PENDING,
            now,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .advance(now, holdFor);
  }

  /**
   * An alert of which only labels and clock are known; the next evaluation says the rest.
   *
   * @param firedAt since when it fires; empty if it is pending
   */
  public static TrackedAlert takenUp(Labels labels, Instant activeAt, Optional<Instant> firedAt) {
    return new TrackedAlert(
        labels,
        Labels.EMPTY,
        Double.NaN,
        firedAt.isPresent() ? AlertState.FIRING : AlertState.PENDING,
        activeAt,
        firedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is pending or firing. */
  public boolean isActive() {
    return state == AlertState.PENDING || state == AlertState.FIRING;
  }

  /** After an evaluation that found it. */
  TrackedAlert found(FoundAlert found, Instant now, Duration holdFor) {
    if (!isActive()) {
      return begin(found, now, holdFor);
    }
    return new TrackedAlert(
            labels,
            found.annotations(),
            found.value(),
            state,
            activeAt,
            firedAt,
            resolvedAt,
            lastSentAt,
            Optional.empty())
        .advance(now, holdFor);
  }

  /** After an evaluation that did not find it; empty if it is forgotten. */
  Optional<TrackedAlert> missed(Instant now, Duration holdFor, Duration keepFiringFor) {
    if (state == AlertState.FIRING && !keepFiringFor.isZero()) {
      Instant since = keepFiringSince.orElse(now);
      TrackedAlert kept = keepingSince(since);
      return Optional.of(
          Duration.between(since, now).compareTo(keepFiringFor) < 0
              ? kept.advance(now, holdFor)
              : kept.resolved(now));
    }
    if (state == AlertState.PENDING || isOutdated(now)) {
      return Optional.empty();
    }
    return Optional.of(isActive() ? resolved(now) : this);
  }

  private boolean isOutdated(Instant now) {
    return resolvedAt
        .filter(at -> Duration.between(at, now).compareTo(RESOLVED_RETENTION) > 0)
        .isPresent();
  }

  /** A pending alert fires in its time; a firing one whose time has not come is pending again. */
  private TrackedAlert advance(Instant now, Duration holdFor) {
    boolean held = Duration.between(activeAt, now).compareTo(holdFor) >= 0;
    if (state == AlertState.PENDING && held) {
      return with(AlertState.FIRING, Optional.of(now), lastSentAt, keepFiringSince);
    }
    if (state == AlertState.FIRING && !held) {
      return with(AlertState.PENDING, Optional.empty(), Optional.empty(), Optional.empty());
    }
    return this;
  }

  private TrackedAlert with(
      AlertState next, Optional<Instant> fired, Optional<Instant> sent, Optional<Instant> keeping) {
    return new TrackedAlert(
        labels, annotations, value, next, activeAt, fired, resolvedAt, sent, keeping);
  }

  private TrackedAlert keepingSince(Instant since) {
    return with(state, firedAt, lastSentAt, Optional.of(since));
  }

  private TrackedAlert resolved(Instant now) {
    return new TrackedAlert(
        labels,
        annotations,
        value,
        AlertState.INACTIVE,
        activeAt,
        firedAt,
        Optional.of(now),
        lastSentAt,
        keepFiringSince);
  }

  /** Whether it is to be sent: it has changed, or was not sent for a while. */
  public boolean needsSending(Instant now, Duration resendDelay) {
    if (state == AlertState.PENDING) {
      return false;
    }
    if (lastSentAt.isEmpty()) {
      return true;
    }
    Instant sent = lastSentAt.get();
    return resolvedAt.filter(at -> at.isAfter(sent)).isPresent()
        || sent.plus(resendDelay).isBefore(now);
  }

  /** After it was handed on to be sent. */
  public TrackedAlert sent(Instant now) {
    return with(state, firedAt, Optional.of(now), keepFiringSince);
  }

  /** With the clock of before a restart. */
  public TrackedAlert activeSince(Instant restored) {
    return new TrackedAlert(
        labels,
        annotations,
        value,
        state,
        restored,
        firedAt,
        resolvedAt,
        lastSentAt,
        keepFiringSince);
  }
}
