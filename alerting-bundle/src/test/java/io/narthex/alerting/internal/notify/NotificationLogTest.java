package io.narthex.alerting.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.alerting.internal.FakeKeyedLog;
import io.narthex.alerting.internal.FakeLoop;
import io.narthex.alerting.internal.state.StateLog;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationLogTest {
  private static final IntegrationKey PAGE = new IntegrationKey("all", "page", 0);
  private static final Told NONE = Told.NONE;

  private final FakeLoop clock = new FakeLoop();
  private final FakeKeyedLog log = new FakeKeyedLog();
  private final NotificationLog notifications = open();

  private NotificationLog open() {
    return new NotificationLog(
        new StateLog<>(log, new LogEntryCodec()), clock, Duration.ofHours(120));
  }

  private NotificationLog.Content content(Told firing, Told resolved) {
    return new NotificationLog.Content(clock.wallMillis(), firing, resolved);
  }

  private static Told told(String hashes) {
    return hashes.equals("-")
        ? NONE
        : Told.of(Arrays.stream(hashes.split(" ")).map(Long::valueOf).toList());
  }

  /** What was told of firing and resolved alerts, what there is now, and minutes since. */
  @ParameterizedTest
  @CsvSource({
    "none, none, 1,   -,   true,  1,  FIRST",
    "none, none, -,   1,   true,  1,  NONE",
    "1,    -,    1,   -,   true,  1,  NONE",
    "1,    -,    1 2, -,   true,  1,  NEW_ALERTS",
    "1 2,  -,    1,   2,   true,  1,  SOME_RESOLVED",
    "1 2,  -,    1,   2,   false, 1,  NONE",
    "1 2,  3,    1,   2 3, true,  1,  SOME_RESOLVED",
    "1 2,  3,    1,   3,   true,  1,  NONE",
    "1,    -,    -,   1,   true,  1,  ALL_RESOLVED",
    "1,    -,    -,   1,   false, 1,  ALL_RESOLVED",
    "-,    1,    -,   1,   true,  1,  NONE",
    "-,    1,    1,   -,   true,  1,  FIRST",
    "1,    -,    1,   -,   true,  59, NONE",
    "1,    -,    1,   -,   true,  60, REPEATED",
    "1,    -,    2,   1,   true,  61, NEW_ALERTS",
  })
  void theReasonFollowsFromWhatWasToldLast(
      String toldFiring,
      String toldResolved,
      String firing,
      String resolved,
      boolean sendResolved,
      long minutes,
      Reason reason) {
    Optional<LogEntry> last =
        toldFiring.equals("none")
            ? Optional.empty()
            : Optional.of(new LogEntry("{}:{}", PAGE, 0, told(toldFiring), told(toldResolved), 0));

    assertThat(
            Reason.of(
                last,
                told(firing),
                told(resolved),
                sendResolved,
                Duration.ofHours(1),
                minutes * 60_000))
        .isEqualTo(reason);
  }

  @Test
  void anEntryIsKeptAsLongAsItIsOfUseButNoLongerThanTheRetention() {
    notifications.note("short", PAGE, content(told("1"), NONE), Duration.ofHours(8));
    notifications.note("long", PAGE, content(told("1"), NONE), Duration.ofHours(500));

    clock.pass(Duration.ofHours(8));
    notifications.collect();
    assertThat(notifications.find("short", PAGE)).isEmpty();
    assertThat(notifications.find("long", PAGE)).isPresent();

    clock.pass(Duration.ofHours(112));
    notifications.collect();
    assertThat(notifications.find("long", PAGE)).isEmpty();
    assertThat(log.entries).isEmpty();
    assertThat(notifications.size()).isZero();
  }

  @Test
  void aRestartRemembersAndNamesWhatIsLost() {
    String longKey = "x".repeat(5_000);
    notifications.note("group", PAGE, content(told("1 2"), told("3")), Duration.ofHours(8));
    notifications.note(longKey, PAGE, content(told("4"), NONE), Duration.ofHours(8));
    log.entries.put("z", new byte[] {});

    NotificationLog again = open();

    assertThat(again.load())
        .isEqualTo(
            List.of("the entry of z cannot be read: it ends at byte 0, where 1 more are needed"));
    assertThat(again.find("group", PAGE)).isEqualTo(notifications.find("group", PAGE));
    assertThat(again.find(longKey, PAGE)).isEqualTo(notifications.find(longKey, PAGE));
    assertThat(again.find("group", new IntegrationKey("all", "page", 1))).isEmpty();
    assertThat(log.entries.keySet()).allMatch(key -> key.length() < 100);
    clock.pass(Duration.ofHours(9));
    again.collect();
    assertThat(log.entries).containsOnlyKeys("z");
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 3, 1 3, true",
    "1 2 3, -, true",
    "1 3, 1 2, false",
    "-, 1, false",
    "5, 4, false",
    "5, 6, false",
    "-9 9, 9 -9, true",
  })
  void setsAreCompared(String all, String some, boolean contains) {
    assertThat(told(all).containsAll(told(some))).isEqualTo(contains);
  }
}
