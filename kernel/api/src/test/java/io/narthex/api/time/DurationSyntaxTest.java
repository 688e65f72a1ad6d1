package io.narthex.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationSyntaxTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "324ms, 324",
    "3s, 3000",
    "5m, 300000",
    "1h, 3600000",
    "4d, 345600000",
    "4d1h, 349200000",
    "14d, 1209600000",
    "3w2d1h, 2_0",
    "10y, 315360000000",
    "3d, 259200000",
    "1h30m, 5400000"
  })
  void parsesWhatUpstreamParses(String text, String millis) {
    long expected = millis.equals("2_0") ? 1_990_800_000L : Long.parseLong(millis);
    assertThat(DurationSyntax.parse(text)).isEqualTo(Duration.ofMillis(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "1, not a valid duration string: \"1\"",
    "5x, unknown unit \"x\" in duration \"5x\"",
    "5m1h, not a valid duration string: \"5m1h\"",
    "1 s, unknown unit \" s\" in duration \"1 s\"",
    "1s1s, not a valid duration string: \"1s1s\"",
    "1y1m1d, not a valid duration string: \"1y1m1d\"",
    "-1w, not a valid duration string: \"-1w\"",
    "1.5d, unknown unit \".\" in duration \"1.5d\"",
    "d, not a valid duration string: \"d\"",
    "294y, duration out of range",
    "99999999999999999999s, duration out of range"
  })
  void refusesTheRestAndSaysWhy(String text, String message) {
    assertThatThrownBy(() -> DurationSyntax.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void emptyIsNoDuration() {
    assertThatThrownBy(() -> DurationSyntax.parse("")).hasMessage("empty duration string");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "5400000, 1h30m",
    "604800000, 1w",
    "691200000, 8d",
    "694800000, 8d1h",
    "1, 1ms"
  })
  void printsAsUpstream(long millis, String text) {
    assertThat(DurationSyntax.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void readsBackWhatItPrints() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      Duration duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 42)));
      assertThat(DurationSyntax.parse(DurationSyntax.format(duration))).isEqualTo(duration);
    }
  }
}
