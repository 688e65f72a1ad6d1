package io.narthex.alerting.internal.api;

import io.narthex.alerting.internal.Alertmanager;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.alerting.internal.silence.Silence;
import io.narthex.alerting.internal.silence.SilenceErrors;
import io.narthex.alerting.internal.silence.SilenceState;
import io.narthex.api.error.NarthexException;
import io.narthex.api.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Shows and changes silences. */
final class SilenceWork {
  private static final Pattern UUID =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}",
          Pattern.CASE_INSENSITIVE);

  private final Alertmanager alertmanager;
  private final Clock clock;

  SilenceWork(Alertmanager alertmanager, Clock clock) {
    this.alertmanager = alertmanager;
    this.clock = clock;
  }

  /** A silence, and where it stands. */
  private record Shown(Silence silence, SilenceState state) {}

  /**
   * Active ones first, then those that are to come, then those that are over; of the active ones
   * the next to end first, of those to come the next to begin, of those over the last that ended.
   */
  private static final Comparator<Shown> ORDER =
      Comparator.comparingInt(SilenceWork::rank).thenComparingLong(SilenceWork::time);

  private static int rank(Shown shown) {
    return switch (shown.state()) {
      case ACTIVE -> 1;
      case PENDING -> 2;
      case EXPIRED -> 3;
    };
  }

  private static long time(Shown shown) {
    return switch (shown.state()) {
      case ACTIVE -> shown.silence().endsAt();
      case PENDING -> shown.silence().startsAt();
      case EXPIRED -> -shown.silence().endsAt();
    };
  }

  Answer list(QueryParameters query) {
    Matchers filter = query.filter();
    Set<SilenceState> states = EnumSet.noneOf(SilenceState.class);
    for (SilenceState state : SilenceState.values()) {
      if (query.isOn(state.text())) {
        states.add(state);
      }
    }
    long now = clock.wallMillis();
    List<Shown> found = new ArrayList<>();
    for (Silence silence : alertmanager.silences().all()) {
      SilenceState state = silence.stateAt(now);
      if (states.contains(state) && has(silence, filter)) {
        found.add(new Shown(silence, state));
      }
    }
    found.sort(ORDER);
    return Answer.of(
        200,
        json -> {
          json.writeStartArray();
          for (Shown each : found) {
            SilenceJson.write(json, each.silence(), each.state());
          }
          json.writeEndArray();
        });
  }

  /** Whether one of its sets of matchers has all those that are asked for. */
  private static boolean has(Silence silence, Matchers wanted) {
    return silence.matcherSets().stream().anyMatch(set -> set.list().containsAll(wanted.list()));
  }

  Answer get(String id) {
    checkId(id);
    return alertmanager
        .silences()
        .get(id)
        .map(
            silence ->
                Answer.of(
                    200,
                    json -> SilenceJson.write(json, silence, silence.stateAt(clock.wallMillis()))))
        .orElseGet(() -> Answer.empty(404));
  }

  Answer expire(String id) {
    checkId(id);
    try {
      alertmanager.silences().expire(id);
      return Answer.empty(200);
    } catch (NarthexException e) {
      if (e.code().equals(SilenceErrors.NOT_FOUND)) {
        return Answer.empty(404);
      }
      throw e;
    }
  }

  Answer set(byte[] body) {
    Silence wanted = PostedSilence.read(body);
    if (wanted.endsAt() < clock.wallMillis()) {
      return Answer.text(400, "Failed to create silence: end time can't be in the past");
    }
    String id = alertmanager.silences().set(wanted);
    return Answer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringField("silenceID", id);
          json.writeEndObject();
        });
  }

  private static void checkId(String id) {
    if (!UUID.matcher(id).matches()) {
      throw new RequestException(
          Answer.error(601, "silenceID in path must be of type uuid: \"%s\"".formatted(id)));
    }
  }
}
