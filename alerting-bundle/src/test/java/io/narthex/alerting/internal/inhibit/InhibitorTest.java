package io.narthex.alerting.internal.inhibit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.alerting.internal.FakeLoop;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.config.InhibitRule;
import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InhibitorTest {
  private final FakeLoop clock = new FakeLoop();

  /** Written {@code a=1 b=2}. */
  private static Labels labels(String text) {
    return Labels.of(
        Arrays.stream(text.split(" "))
            .flatMap(l -> Stream.of(l.split("=")))
            .toArray(String[]::new));
  }

  private static Matchers matchers(String text) {
    return new Matchers(
        Arrays.stream(text.split(" "))
            .map(each -> each.split("="))
            .map(each -> AlertMatcher.of(MatchType.EQUAL, each[0], each[1]))
            .toList());
  }

  private StoredAlert alert(String text, long ends) {
    return StoredAlert.of(
        labels(text),
        Labels.EMPTY,
        clock.wallMillis() - 1000,
        clock.wallMillis() + ends,
        clock.wallMillis(),
        false,
        "");
  }

  private Inhibitor inhibitor(String source, String target, String... equal) {
    return new Inhibitor(
        List.of(new InhibitRule("", matchers(source), matchers(target), List.of(equal))), clock);
  }

  @ParameterizedTest
  @CsvSource({
    // What inhibits, what is inhibited, whether it is: the label c must be equal.
    "s=1 c=x, t=1 c=x, true",
    "s=1 c=x, t=1 c=y, false",
    "s=1 c=x, t=1,     false",
    "s=1,     t=1,     true",
    "s=2 c=x, t=1 c=x, false",
    "s=1 c=x, t=2 c=x, false",
    // Both on both sides: not muted.
    "s=1 t=1 c=x, s=1 t=1 c=x,     false",
    "s=1 t=1 c=x, s=1 t=1 c=x d=1, false",
    // Only the source is on both sides, or only the target.
    "s=1 t=1 c=x, t=1 c=x,     true",
    "s=1 c=x,     s=1 t=1 c=x, true",
  })
  void aRuleMutesTargetsWithEqualLabels(String source, String target, boolean mutes) {
    Inhibitor inhibitor = inhibitor("s=1", "t=1", "c");
    StoredAlert cause = alert(source, 1000);
    inhibitor.received(List.of(cause));

    assertThat(inhibitor.inhibitedBy(labels(target)))
        .isEqualTo(mutes ? List.of(cause.fingerprintText()) : List.of());
  }

  @Test
  void whatIsResolvedMutesNoMore() {
    Inhibitor inhibitor = inhibitor("s=1", "t=1");
    inhibitor.received(List.of(alert("s=1", 1000)));
    assertThat(inhibitor.inhibitedBy(labels("t=1"))).hasSize(1);

    clock.pass(java.time.Duration.ofSeconds(1));
    assertThat(inhibitor.inhibitedBy(labels("t=1"))).isEmpty();
  }

  @Test
  void oneOfSeveralSourcesIsEnoughWhateverBecomesOfTheOthers() {
    Inhibitor inhibitor = inhibitor("s=1", "t=1");
    StoredAlert first = alert("s=1 n=1", 5000);
    StoredAlert second = alert("s=1 n=2", 1000);
    inhibitor.received(List.of(first, second, alert("s=1 t=1", 9000)));
    assertThat(inhibitor.inhibitedBy(labels("t=1 s=1 n=3")))
        .containsExactly(first.fingerprintText());

    inhibitor.received(List.of(alert("s=1 n=1", 0)));
    assertThat(inhibitor.inhibitedBy(labels("t=1 s=1 n=3")))
        .containsExactly(second.fingerprintText());

    inhibitor.collected(List.of(first, second));
    assertThat(inhibitor.inhibitedBy(labels("t=1 s=1 n=3"))).isEmpty();
  }
}
