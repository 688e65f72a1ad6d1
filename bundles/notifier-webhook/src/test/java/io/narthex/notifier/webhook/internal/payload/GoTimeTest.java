package io.narthex.notifier.webhook.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
    "2026-11-25T03:00:00Z,2026-11-25T03:00:00Z",
    "2026-11-25T03:00:00.100Z,2026-11-25T03:00:00.1Z",
    "2026-11-25T03:00:00.123Z,2026-11-25T03:00:00.123Z",
    "2026-11-25T03:00:00.000000001Z,2026-11-25T03:00:00.000000001Z",
    "2026-11-25T03:00:00.120300Z,2026-11-25T03:00:00.1203Z",
    "2026-11-25T03:00:10Z,2026-11-25T03:00:10Z",
    "1969-12-31T23:59:59.999999999Z,1969-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59Z,9999-12-31T23:59:59Z"
  })
  void writesAsManyDecimalsAsNeeded(String time, String expected) {
    assertThat(GoTime.rfc3339Nano(Instant.parse(time))).isEqualTo(expected);
  }
}
