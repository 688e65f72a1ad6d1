package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTimeTest {
  @ParameterizedTest
  @CsvSource({
    "15d, PT360H",
    "1w, PT168H",
    "1y, PT8760H",
    "1h30m, PT1H30M",
    "2s5ms, PT2.005S",
    "0, PT360H",
    "0s, PT360H"
  })
  void durationIsRead(String text, Duration expected) {
    assertThat(RetentionTime.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "15", "d", "-1d", "1.5d", "1d ", "5m1h"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> RetentionTime.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--storage.tsdb.retention.time is a duration such as 15d or 1h30m, got \"%s\"", text);
  }
}
