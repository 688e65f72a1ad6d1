package io.narthex.alerting.internal.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.alerting.internal.FakeKeyedLog;
import io.narthex.alerting.internal.FakeLoop;
import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.alerting.internal.state.StateLog;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SilencesTest {
  private static final Labels A = Labels.of("alertname", "A");
  private static final Labels B = Labels.of("alertname", "B");

  private final FakeLoop clock = new FakeLoop();
  private final FakeKeyedLog log = new FakeKeyedLog();
  private final Silences silences = silences();
  private final Silencer silencer = new Silencer(silences, clock);
  private long ids;

  private Silences silences() {
    return new Silences(
        new StateLog<>(log, new SilenceCodec()),
        clock,
        new Silences.Limits(4, 100, Duration.ofHours(120)),
        () -> new UUID(0, ++ids));
  }

  private static Matchers matchers(MatchType type, String name, String value) {
    return new Matchers(List.of(AlertMatcher.of(type, name, value)));
  }

  private static Matchers name(String value) {
    return matchers(MatchType.EQUAL, "alertname", value);
  }

  /** Times in minutes from now. */
  private Silence silence(String id, Matchers matchers, long start, long end) {
    return new Silence(
        id, List.of(matchers), minutes(start), minutes(end), 0, "me", "why", new TreeMap<>());
  }

  private long minutes(long fromNow) {
    return clock.wallMillis() + fromNow * 60_000;
  }

  private Silence get(String id) {
    return silences.get(id).orElseThrow();
  }

  private static String id(int n) {
    return new UUID(0, n).toString();
  }

  @Test
  void aNewSilenceBeginsNowAtTheEarliest() {
    String now = silences.set(silence("", name("A"), -5, 60));
    String later = silences.set(silence("", name("B"), 5, 60));

    assertThat(get(now).startsAt()).isEqualTo(clock.wallMillis());
    assertThat(silences.state(get(now))).isEqualTo(SilenceState.ACTIVE);
    assertThat(get(later).startsAt()).isEqualTo(minutes(5));
    assertThat(silences.state(get(later))).isEqualTo(SilenceState.PENDING);
    assertThat(silencer.silencedBy(A)).containsExactly(now);
    assertThat(silencer.silencedBy(B)).isEmpty();
    clock.pass(Duration.ofMinutes(5));
    assertThat(silencer.silencedBy(B)).containsExactly(later);
    clock.pass(Duration.ofMinutes(55));
    assertThat(silencer.silencedBy(A)).isEmpty();
    assertThat(silences.count(SilenceState.EXPIRED)).isEqualTo(2);
  }

  /** Start and end of what is there, time that passes, start and end that are wanted then. */
  static Stream<Arguments> edits() {
    return Stream.of(
        Arguments.of("a later end of an active one", 0, 60, 10, "A", -10, 90, true),
        Arguments.of("an end now of an active one", 0, 60, 10, "A", -10, 0, true),
        Arguments.of("another start of an active one", 0, 60, 10, "A", -5, 90, false),
        Arguments.of("other matchers of an active one", 0, 60, 10, "B", -10, 90, false),
        Arguments.of("an earlier start of a pending one", 30, 60, 10, "A", 1, 50, true),
        Arguments.of("a start in the past of a pending one", 30, 60, 10, "A", -1, 50, false),
        Arguments.of("other matchers of a pending one", 30, 60, 10, "B", 20, 50, false),
        Arguments.of("an expired one", 0, 60, 70, "A", -70, 10, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void anEditThatWouldChangeThePastMakesAnotherSilence(
      String name,
      long start,
      long end,
      long passes,
      String matched,
      long newStart,
      long newEnd,
      boolean same) {
    String old = silences.set(silence("", name("A"), start, end));
    clock.pass(Duration.ofMinutes(passes));
    SilenceState before = silences.state(get(old));

    String edited = silences.set(silence(old, name(matched), newStart, newEnd));

    assertThat(edited.equals(old)).isEqualTo(same);
    assertThat(get(edited).endsAt()).isEqualTo(minutes(newEnd));
    if (!same) {
      assertThat(silences.state(get(old))).isEqualTo(SilenceState.EXPIRED);
      assertThat(get(old).endsAt())
          .isEqualTo(before == SilenceState.EXPIRED ? minutes(end - passes) : minutes(0));
      assertThat(get(edited).startsAt()).isEqualTo(minutes(Math.max(newStart, 0)));
    }
  }

  @Test
  void expiringEndsNowAndTwiceDoesNothing() {
    String active = silences.set(silence("", name("A"), 0, 60));
    String pending = silences.set(silence("", name("A"), 30, 60));
    clock.pass(Duration.ofMinutes(1));
    silences.expire(active);
    silences.expire(pending);
    Silence ended = get(active);
    clock.pass(Duration.ofMinutes(1));
    silences.expire(active);

    assertThat(get(active)).isEqualTo(ended);
    assertThat(ended.endsAt()).isEqualTo(minutes(-1));
    assertThat(get(pending).startsAt()).isEqualTo(minutes(-1));
    assertThat(silences.state(get(pending))).isEqualTo(SilenceState.EXPIRED);
    assertThat(silencer.silencedBy(A)).isEmpty();
  }

  static Stream<Arguments> refused() {
    FakeLoop clock = new FakeLoop();
    long now = clock.wallMillis();
    Silence good =
        new Silence("", List.of(name("A")), now, now + 1000, 0, "me", "", new TreeMap<>());
    return Stream.of(
        Arguments.of(with(good, List.of()), "invalid silence: at least one matcher set required"),
        Arguments.of(
            with(good, List.of(name("A"), Matchers.NONE)),
            "invalid silence: matcher set 1 is empty"),
        Arguments.of(
            with(good, List.of(matchers(MatchType.EQUAL, "", "x"))),
            "invalid silence: invalid label matcher 0 in set 0: invalid label name \"\""),
        Arguments.of(
            with(good, List.of(matchers(MatchType.REGEX, "a", ".*"))),
            "invalid silence: matcher set 0: at least one matcher must not match the empty string"),
        Arguments.of(
            new Silence("", good.matcherSets(), now, 0, 0, "me", "", new TreeMap<>()),
            "invalid silence: invalid zero end timestamp"),
        Arguments.of(
            new Silence("", good.matcherSets(), now, now - 1, 0, "me", "", new TreeMap<>()),
            "invalid silence: end time must not be before start time"),
        Arguments.of(
            new Silence("?", good.matcherSets(), now, now + 1, 0, "me", "", new TreeMap<>()),
            "silence not found"),
        Arguments.of(
            new Silence(
                "", good.matcherSets(), now, now + 1, 0, "me", "x".repeat(200), new TreeMap<>()),
            "silence exceeded maximum size: 212 bytes (limit: 100 bytes)"));
  }

  private static Silence with(Silence silence, List<Matchers> sets) {
    return new Silence(
        "", sets, silence.startsAt(), silence.endsAt(), 0, "me", "", new TreeMap<>());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotInOrderIsRefusedInUpstreamsWords(Silence silence, String message) {
    assertThatThrownBy(() -> silences.set(silence))
        .isInstanceOf(NarthexException.class)
        .hasMessage(message);
    assertThat(silences.all()).isEmpty();
    assertThat(log.entries).isEmpty();
  }

  @Test
  void thereAreNoMoreThanTheLimit() {
    for (int i = 0; i < 4; i++) {
      silences.set(silence("", name("A"), 0, 60));
    }

    assertThatThrownBy(() -> silences.set(silence("", name("A"), 0, 60)))
        .hasMessage("exceeded maximum number of silences: 4 (limit: 4)");
    assertThat(silences.set(silence(id(1), name("A"), 0, 90))).isEqualTo(id(1));
  }

  @Test
  void negativeMatchersDoNotCountAsMatchingTheEmptyValue() {
    String id = silences.set(silence("", matchers(MatchType.NOT_EQUAL, "alertname", "A"), 0, 60));

    assertThat(silencer.silencedBy(A)).isEmpty();
    assertThat(silencer.silencedBy(B)).containsExactly(id);
  }

  @Test
  void oneMatcherSetThatMatchesIsEnough() {
    Silence wanted = silence("", name("A"), 0, 60);
    String id =
        silences.set(
            new Silence(
                "",
                List.of(name("A"), name("B")),
                wanted.startsAt(),
                wanted.endsAt(),
                0,
                "",
                "",
                new TreeMap<>()));

    assertThat(silencer.silencedBy(A)).containsExactly(id);
    assertThat(silencer.silencedBy(B)).containsExactly(id);
  }

  @Test
  void whatIsRememberedOfAnAlertFollowsChanges() {
    assertThat(silencer.silencedBy(A)).isEmpty();
    String first = silences.set(silence("", name("A"), 0, 60));
    assertThat(silencer.silencedBy(A)).containsExactly(first);
    String second = silences.set(silence("", name("A"), 0, 60));
    assertThat(silencer.silencedBy(A)).containsExactly(first, second);
    silences.expire(first);
    assertThat(silencer.silencedBy(A)).containsExactly(second);
    clock.pass(Duration.ofMinutes(60));
    assertThat(silencer.silencedBy(A)).isEmpty();
  }

  @Test
  void aRestartBringsAllSilencesBack() {
    silences.set(silence("", name("A"), 0, 60));
    silences.set(silence("", name("B"), 30, 60));
    silences.expire(id(1));
    log.entries.put("broken", new byte[] {1, 2});
    log.entries.put("newer", new byte[] {9});

    Silences again = silences();

    assertThat(again.load())
        .containsExactly(
            "the entry of broken cannot be read: at byte 2: 2 elements cannot follow in the 0 bytes"
                + " that are left",
            "the entry of newer cannot be read: it has version 9, this Narthex reads version 1");
    assertThat(again.all()).containsExactlyInAnyOrderElementsOf(silences.all());
    clock.pass(Duration.ofMinutes(31));
    assertThat(new Silencer(again, clock).silencedBy(B)).containsExactly(id(2));
  }

  @Test
  void whatCannotBeWrittenIsNotInForce() {
    String id = silences.set(silence("", name("A"), 0, 60));
    log.full = true;

    assertThatThrownBy(() -> silences.set(silence("", name("B"), 0, 60)))
        .hasMessage("the disk is full");
    assertThatThrownBy(() -> silences.expire(id)).hasMessage("the disk is full");
    assertThat(silencer.silencedBy(A)).containsExactly(id);
    assertThat(silencer.silencedBy(B)).isEmpty();
  }

  @Test
  void expiredOnesAreForgottenAfterTheRetention() {
    String id = silences.set(silence("", name("A"), 0, 60));
    clock.pass(Duration.ofHours(121).minusMillis(1));
    silences.collect();
    assertThat(silences.get(id)).isPresent();

    clock.pass(Duration.ofMillis(1));
    silences.collect();
    assertThat(silences.get(id)).isEmpty();
    assertThat(silences.all()).isEmpty();
    assertThat(log.entries).isEmpty();
  }

  @Test
  void annotationsAreKept() {
    Silence wanted =
        new Silence(
            "",
            List.of(name("A")),
            0,
            minutes(1),
            0,
            "me",
            "",
            new TreeMap<>(Map.of("ticket", "1", "a", "ü")));

    assertThat(get(silences.set(wanted)).annotations())
        .containsExactly(Map.entry("a", "ü"), Map.entry("ticket", "1"));
  }
}
