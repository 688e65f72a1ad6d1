package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationSyntaxTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0s",
    "0s, 0, 0s",
    "1ms, 1, 1ms",
    "15s, 15000, 15s",
    "90s, 90000, 1m30s",
    "1h30m, 5400000, 1h30m",
    "1d, 86400000, 1d",
    "1w, 604800000, 1w",
    "10d, 864000000, 10d",
    "1y, 31536000000, 1y",
    "1y2w3d4h5m6s7ms, 33019506007, 382d4h5m6s7ms",
    "292y, 9208512000000, 292y"
  })
  void parsesAndPrints(String text, long millis, String printed) {
    assertThat(DurationSyntax.parse(text)).contains(Duration.ofMillis(millis));
    assertThat(DurationText.of(Duration.ofMillis(millis))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "s",
        "-1s",
        "+1s",
        "1.5s",
        "1 s",
        " 1s",
        "1m1h",
        "1s1s",
        "1S",
        "293y",
        "00",
        "9999999999999999999s",
        "١s"
      })
  void refuses(String text) {
    assertThat(DurationSyntax.parse(text)).isEmpty();
  }
}
