package io.narthex.http.api.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  private static final long SEED = 20261124;

  private final NumberText text = new NumberText();

  @Test
  void printsWhatGoPrinted() throws IOException {
    String table;
    try (var in = NumberTextTest.class.getResourceAsStream("/numbers/go.tsv")) {
      table = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
    assertThat(table.lines()).hasSizeGreaterThan(200);
    table
        .lines()
        .forEach(
            line -> {
              String[] cells = line.split("\t");
              double value = Double.longBitsToDouble(Long.parseUnsignedLong(cells[0], 16));
              assertThat(general(value)).as(cells[0]).isEqualTo(cells[1]);
              assertThat(plain(value)).as(cells[0]).isEqualTo(cells[2]);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0e+00",
    "-0.0, -0e+00",
    "1, 1e+00",
    "-1.5, -1.5e+00",
    "123456, 1.23456e+05",
    "1e21, 1e+21",
    "1e-7, 1e-07",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void printsValuesOfAlertsWithAnExponent(double value, String expected) {
    text.scientific(value);
    assertThat(text.toString()).isEqualTo(expected);
  }

  @Test
  void isTheShortestAndClosestDecimalForAnyBits() {
    Random random = new Random(SEED);
    for (int i = 0; i < 300_000; i++) {
      check(Double.longBitsToDouble(random.nextLong()));
    }
  }

  @Test
  void isTheShortestAndClosestDecimalForTheUsualNumbers() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      check(random.nextInt(1_000_000) / 1000.0);
      check(random.nextDouble());
      check(random.nextLong() >> random.nextInt(64));
      check(Math.scalb(1.0, random.nextInt(2098) - 1074));
      check(Double.longBitsToDouble(random.nextLong(1L << 20)));
    }
  }

  /** Double.toString is the oracle: shortest and closest too, but never below two digits. */
  private void check(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return;
    }
    String printed = general(value);
    BigDecimal ours = new BigDecimal(printed).stripTrailingZeros();
    BigDecimal oracle = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    assertThat(Double.parseDouble(printed)).isEqualTo(value);
    assertThat(new BigDecimal(plain(value))).isEqualByComparingTo(ours);
    if (ours.compareTo(oracle) != 0) {
      assertThat(ours.precision()).as("%s for %s", printed, oracle).isEqualTo(1);
      assertThat(oracle.precision()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1000,1",
    "1435781451781,1435781451.781",
    "1435781451700,1435781451.700",
    "1435781451780,1435781451.780",
    "7,0.007",
    "70,0.070",
    "-1,-0.001",
    "-1500,-1.500",
    "9223372036854775807,9223372036854775.807",
    "-9223372036854775808,-9223372036854775.808"
  })
  void printsTimestampsInSecondsWithThreeDecimalsOrNone(long millis, String expected) {
    text.timestamp(millis);
    assertThat(written()).isEqualTo(expected);
  }

  @Test
  void timestampsAreTheirDecimalValue() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      long millis = random.nextLong() >> random.nextInt(64);
      text.timestamp(millis);
      assertThat(new BigDecimal(written())).isEqualByComparingTo(BigDecimal.valueOf(millis, 3));
    }
  }

  @Test
  void allocatesNothingPerNumber() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(SEED);
    double[] values = random.doubles(10_000, -1e9, 1e9).toArray();
    writeAll(values);
    long before = threads.getCurrentThreadAllocatedBytes();
    writeAll(values);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private void writeAll(double[] values) {
    for (double value : values) {
      text.general(value);
      text.plain(value);
      text.timestamp((long) value);
    }
  }

  private String general(double value) {
    text.general(value);
    return written();
  }

  private String plain(double value) {
    text.plain(value);
    return written();
  }

  private String written() {
    return text.toString();
  }
}
