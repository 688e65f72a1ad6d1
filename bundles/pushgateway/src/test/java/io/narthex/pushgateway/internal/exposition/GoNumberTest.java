package io.narthex.pushgateway.internal.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNumberTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-1.5, -1.5",
    "0, 0",
    "-0.0, -0",
    "100000, 100000",
    "999999, 999999",
    "1000000, 1e+06",
    "1234567, 1.234567e+06",
    "0.0001, 0.0001",
    "0.00012345, 0.00012345",
    "0.00001, 1e-05",
    "123.456, 123.456",
    "1e21, 1e+21",
    "4.9E-324, 5e-324",
    "2E-323, 2e-323",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "9007199254740992, 9.007199254740992e+15",
  })
  void writesAsGo(String java, String go) {
    assertThat(GoNumber.format(Double.parseDouble(java))).isEqualTo(go);
  }

  @Test
  void whatIsWrittenReadsBack() {
    Random random = new Random(20_261_125);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value) && !Double.isInfinite(value)) {
        assertThat(Double.parseDouble(GoNumber.format(value))).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "9223372036854775807, 9.223372036854775807E18",
    "9223372036854775808, 9.223372036854775808E18",
    "9223372036854776833, 9223372036854777856",
    "18446744073709551615, 1.8446744073709552E19",
  })
  void countsWithoutASignAreRoundedOnce(String unsigned, double nearest) {
    assertThat(Count.whole(Long.parseUnsignedLong(unsigned)).asDouble()).isEqualTo(nearest);
  }
}
