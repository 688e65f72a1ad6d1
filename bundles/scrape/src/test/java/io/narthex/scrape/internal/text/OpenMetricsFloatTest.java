package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenMetricsFloatTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "0, 0.0",
    "-0, 0.0",
    "-1, -1.0",
    "0.5, 0.5",
    "0.50, 0.5",
    "+Inf, +Inf",
    "inf, +Inf",
    "-Inf, -Inf",
    "NaN, NaN",
    "1e5, 100000.0",
    "999999, 999999.0",
    "1e6, 1e+06",
    "1234567, 1.234567e+06",
    "1234567.5, 1.2345675e+06",
    "123456.7, 123456.7",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "2.5e-7, 2.5e-07",
    "1e21, 1e+21",
    "1e100, 1e+100",
    "0x1p-2, 0.25",
    "abc, abc",
    "'', ''",
    "1_0, 1_0",
    "1e999, 1e999"
  })
  void boundsHaveOneSpelling(String value, String expected) {
    assertThat(OpenMetricsFloat.normalize(FamilyType.HISTOGRAM, "le", value)).isEqualTo(expected);
    assertThat(OpenMetricsFloat.normalize(FamilyType.SUMMARY, "quantile", value))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "HISTOGRAM, quantile",
    "SUMMARY, le",
    "GAUGE, le",
    "COUNTER, quantile",
    "UNKNOWN, le",
    "HISTOGRAM, x"
  })
  void otherLabelsStayAsTheyAre(FamilyType type, String label) {
    assertThat(OpenMetricsFloat.normalize(type, label, "1")).isEqualTo("1");
  }
}
