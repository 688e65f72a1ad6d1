package io.narthex.rules.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackedAlertTest {
  private static final Labels LABELS = Labels.of("alertname", "A");
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  /**
   * A minute each: {@code x} found, {@code .} not found; states are {@code -} none, {@code p}
   * pending, {@code F} firing, {@code K} kept firing, {@code r} resolved.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, x, F",
    "0, 0, xx.x, FFrF",
    "2, 0, xxxx, ppFF",
    "2, 0, xx.xxx, pp-ppF",
    "2, 0, xxx.x, ppFrp",
    "0, 2, x..., FKKr",
    "0, 2, x.x..., FKFKKr",
    "0, 2, x...., FKKrr",
    "1, 2, xx..x, pFKKF",
    "1, 2, xx...x, pFKKrp",
    "0, 0, x................., Frrrrrrrrrrrrrrrr-",
    "0, 3, ., -"
  })
  void goesThroughUpstreamsStates(int hold, int keep, String found, String states) {
    Alerts alerts = Alerts.NONE;
    StringBuilder seen = new StringBuilder();
    for (int minute = 0; minute < found.length(); minute++) {
      Instant now = START.plus(Duration.ofMinutes(minute));
      Map<Labels, FoundAlert> result =
          found.charAt(minute) == 'x'
              ? Map.of(LABELS, new FoundAlert(LABELS, Labels.EMPTY, minute))
              : Map.of();
      alerts = alerts.next(result, now, Duration.ofMinutes(hold), Duration.ofMinutes(keep));
      seen.append(alerts.all().stream().map(TrackedAlertTest::letter).findFirst().orElse("-"));
    }
    assertThat(seen.toString()).isEqualTo(states);
  }

  private static String letter(TrackedAlert alert) {
    return switch (alert.state()) {
      case PENDING -> "p";
      case FIRING -> alert.keepFiringSince().isPresent() ? "K" : "F";
      case INACTIVE -> "r";
      case UNKNOWN -> throw new IllegalStateException();
    };
  }

  @Test
  void keepsItsClockAndTakesNewTextsAndValues() {
    Alerts alerts = step(Alerts.NONE, 0, "first", 1);
    alerts = step(alerts, 1, "second", 2);

    TrackedAlert alert = alerts.all().iterator().next();
    assertThat(alert.activeAt()).isEqualTo(START);
    assertThat(alert.annotations()).isEqualTo(Labels.of("summary", "second"));
    assertThat(alert.value()).isEqualTo(2);
    assertThat(alert.firedAt()).contains(START.plus(Duration.ofMinutes(1)));
  }

  private static Alerts step(Alerts alerts, int minute, String text, double value) {
    return alerts.next(
        Map.of(LABELS, new FoundAlert(LABELS, Labels.of("summary", text), value)),
        START.plus(Duration.ofMinutes(minute)),
        Duration.ofMinutes(1),
        Duration.ZERO);
  }

  /** Seconds after it fired at 0, when it was sent last, when it is resolved. */
  @ParameterizedTest
  @CsvSource({
    "firing, 10, , , true",
    "firing, 60, 0, , false",
    "firing, 61, 0, , true",
    "resolved, 30, 20, 30, true",
    "resolved, 31, 30, 30, false",
    "resolved, 91, 30, 30, true",
    "pending, 500, , , false"
  })
  void isSentWhenItChangesAndNowAndThen(
      String state, int now, Integer sent, Integer resolved, boolean due) {
    TrackedAlert alert =
        TrackedAlert.begin(
            new FoundAlert(LABELS, Labels.EMPTY, 0),
            START,
            state.equals("pending") ? Duration.ofHours(1) : Duration.ZERO);
    if (sent != null) {
      alert = alert.sent(at(sent));
    }
    if (resolved != null) {
      alert = alert.missed(at(resolved), Duration.ZERO, Duration.ZERO).orElseThrow();
    }
    assertThat(alert.state().name().toLowerCase(Locale.ROOT))
        .isEqualTo(state.equals("resolved") ? "inactive" : state);
    assertThat(alert.needsSending(at(now), Duration.ofMinutes(1))).isEqualTo(due);
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  /** Minutes: since when before the restart, last seen, now, for, grace: since when. */
  @ParameterizedTest
  @CsvSource({
    "0, 40, 60, 30, 10, 0",
    "0, 30, 60, 30, 10, 0",
    "0, 25, 60, 30, 10, 40",
    "0, 20, 60, 30, 10, 40",
    "0, 10, 60, 30, 10, 50",
    "5, 5, 6, 30, 10, 6",
  })
  void aRestoredClockGoesOnAsUpstreams(
      int activeAt, int lastSeen, int now, int hold, int grace, int expected) {
    assertThat(
            RestoredClock.activeAt(
                at(60 * activeAt),
                at(60 * lastSeen),
                at(60 * now),
                Duration.ofMinutes(hold),
                Duration.ofMinutes(grace)))
        .isEqualTo(at(60 * expected));
  }
}
