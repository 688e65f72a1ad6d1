package io.narthex.alerting.internal.silence;

import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.api.model.Labels;
import io.narthex.api.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which silences mute an alert. What matches is remembered for each label set, so that only
 * silences that changed since are matched again. May be used from any thread.
 */
public final class Silencer implements AlertStore.Listener {
  /** With more label sets than this, all are forgotten: those of alerts that are gone pile up. */
  private static final int MAX_KNOWN = 200_000;

  private final Silences silences;
  private final Clock clock;
  private final Map<Labels, Known> known = new ConcurrentHashMap<>();

  /**
   * What is known of a label set.
   *
   * @param ids silences that match and are not over
   */
  private record Known(long version, List<String> ids) {
    static final Known NOTHING = new Known(0, List.of());
  }

  /** Mutes by these silences. */
  public Silencer(Silences silences, Clock clock) {
    this.silences = silences;
    this.clock = clock;
  }

  /** The ids of the silences that mute such an alert now. */
  public List<String> silencedBy(Labels labels) {
    Known before = known.getOrDefault(labels, Known.NOTHING);
    Silences.Change change = silences.since(before.version());
    if (change.version() == before.version() && before.ids().isEmpty()) {
      return List.of();
    }
    long now = clock.wallMillis();
    Set<String> candidates = new LinkedHashSet<>(before.ids());
    change.silences().stream()
        .filter(silence -> silence.stateAt(now) != SilenceState.EXPIRED && silence.matches(labels))
        .map(Silence::id)
        .forEach(candidates::add);
    List<Silence> matching =
        candidates.stream()
            .map(silences::get)
            .flatMap(Optional::stream)
            .filter(silence -> silence.stateAt(now) != SilenceState.EXPIRED)
            .toList();
    remember(labels, new Known(change.version(), matching.stream().map(Silence::id).toList()));
    return matching.stream()
        .filter(silence -> silence.stateAt(now) == SilenceState.ACTIVE)
        .map(Silence::id)
        .toList();
  }

  private void remember(Labels labels, Known now) {
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    known.put(labels, now);
  }

  @Override
  public void received(List<StoredAlert> alerts) {}

  @Override
  public void collected(List<StoredAlert> alerts) {
    alerts.forEach(alert -> known.remove(alert.labels()));
  }
}
