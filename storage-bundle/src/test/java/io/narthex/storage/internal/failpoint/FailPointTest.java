package io.narthex.storage.internal.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailPointTest {
  @Test
  void throwsOnceWhenReachedSoOften() {
    Map<FailPoint, Runnable> reactions =
        Reactions.parse("mid-seal=throw@2,after-log-before-apply=delay:1");
    assertThat(reactions).containsOnlyKeys(FailPoint.MID_SEAL, FailPoint.AFTER_LOG_BEFORE_APPLY);
    Runnable reaction = reactions.get(FailPoint.MID_SEAL);
    reaction.run();
    assertThatThrownBy(reaction::run)
        .isInstanceOf(FailPointException.class)
        .hasMessage("the fail-point mid-seal was reached");
    reaction.run();
  }

  @Test
  void delaysEachTime() {
    Runnable reaction = Reactions.parse("mid-sync=delay:20").get(FailPoint.MID_SYNC);
    long began = System.nanoTime();
    reaction.run();
    reaction.run();
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(40_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mid-seal", "mid-seal=halt", "mid-seal=halt@x"})
  void textThatIsNotUnderstoodIsRefused(String text) {
    assertThatThrownBy(() -> Reactions.parse(text))
        .hasMessage(
            "narthex.storage.fail-points: \"%s\" is not understood; mid-seal=halt@3, mid-seal=throw@3 or mid-seal=delay:50 would be",
            text);
  }

  @Test
  void placeThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Reactions.parse("mid-air=halt@1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MID_AIR");
  }

  @Test
  void testSaysWhatHappens() {
    List<String> reached = new ArrayList<>();
    FailPoint.MID_SEAL.reach();
    Runnable end = FailPoint.MID_SEAL.reacts(() -> reached.add("seal"));
    FailPoint.MID_SEAL.reach();
    FailPoint.MID_SYNC.reach();
    end.run();
    FailPoint.MID_SEAL.reach();
    assertThat(reached).containsExactly("seal");
    assertThat(FailPoint.MID_SEAL.part(9)).isEqualTo(4);
  }
}
