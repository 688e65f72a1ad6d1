package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatReaderTest {
  private final FloatReader reader = new FloatReader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0",
        "00",
        "1",
        "1.",
        ".5",
        "-.5",
        "+1.25e+2",
        "1E5",
        "1e-5",
        "1e05",
        "0e999999",
        "9007199254740993",
        "9007199254740992.5",
        "18446744073709551615",
        "99999999999999999999",
        "1.7976931348623157e308",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "1e-400",
        "1e22",
        "1e23",
        "8.41e21",
        "9.5e-20",
        "0.1",
        "123456789012345678",
        "1234567890123456789012345678901234567890e-20",
        "17976931348623157e292",
        "0.000000000000000000000000000000000000000000000000000012345678901234567890123",
        "6.8e-300",
        "1448997445238699",
        "9223372036854775807",
        "9223372036854775808",
        "5e-324",
        "100000000000000016777215",
        "100000000000000016777216"
      })
  void readsWhatJavaReads(String text) {
    assertThat(bits(text)).as(text).isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "Inf, Infinity",
    "+Inf, Infinity",
    "-inf, -Infinity",
    "iNfInItY, Infinity",
    "-INFINITY, -Infinity",
    "NaN, NaN",
    "nan, NaN",
    "NAN, NaN"
  })
  void readsWords(String text, double expected) {
    assertThat(bits(text))
        .isEqualTo(
            Double.isNaN(expected) ? 0x7ff8000000000001L : Double.doubleToRawLongBits(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '\"\" is no float: invalid syntax'",
    "true, '\"true\" is no float: invalid syntax'",
    "+nan, '\"+nan\" is no float: invalid syntax'",
    "-NaN, '\"-NaN\" is no float: invalid syntax'",
    "infi, '\"infi\" is no float: invalid syntax'",
    "., '\".\" is no float: invalid syntax'",
    "+, '\"+\" is no float: invalid syntax'",
    "--1, '\"--1\" is no float: invalid syntax'",
    "1e, '\"1e\" is no float: invalid syntax'",
    "1e+, '\"1e+\" is no float: invalid syntax'",
    "1.2.3, '\"1.2.3\" is no float: invalid syntax'",
    "1d, '\"1d\" is no float: invalid syntax'",
    "1f, '\"1f\" is no float: invalid syntax'",
    "'1,5', '\"1,5\" is no float: invalid syntax'",
    "0x10, '\"0x10\" is no float: invalid syntax'",
    "0x1p-2, unsupported character in float",
    "1_000, unsupported character in float",
    "1e309, '\"1e309\" is no float: value out of range'",
    "-1e400, '\"-1e400\" is no float: value out of range'",
    "1e99999999999999, '\"1e99999999999999\" is no float: value out of range'",
    "١, '\"١\" is no float: invalid syntax'"
  })
  void refuses(String text, String problem) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(reader.read(bytes, 0, bytes.length)).isFalse();
    assertThat(reader.problem()).isEqualTo(problem);
  }

  @Test
  void shortestFormsOfRandomDoublesComeBackBitForBit() {
    Random random = new Random(1);
    for (int i = 0; i < 150_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        String text = Double.toString(value);
        assertThat(bits(text)).as(text).isEqualTo(Double.doubleToRawLongBits(value));
      }
    }
  }

  @Test
  void randomDecimalsAreRoundedAsJavaDoes() {
    Random random = new Random(2);
    for (int i = 0; i < 150_000; i++) {
      String digits = new BigInteger(1 + random.nextInt(80), random).toString();
      int point = random.nextInt(digits.length() + 1);
      String text =
          (random.nextBoolean() ? "-" : "")
              + digits.substring(0, point)
              + (random.nextInt(4) == 0 ? "" : ".")
              + digits.substring(point)
              + (random.nextBoolean() ? "" : "e" + (random.nextInt(700) - 350));
      double expected = Double.parseDouble(text);
      if (Double.isFinite(expected)) {
        assertThat(bits(text)).as(text).isEqualTo(Double.doubleToRawLongBits(expected));
      }
    }
  }

  @Test
  void numbersHalfWayBetweenTwoDoublesAreRoundedAsJavaDoes() {
    Random random = new Random(3);
    for (int i = 0; i < 30_000; i++) {
      double value = Math.scalb(1 + random.nextDouble(), random.nextInt(140) - 70);
      BigDecimal half =
          new BigDecimal(value).add(new BigDecimal(Math.nextUp(value))).divide(BigDecimal.TWO);
      for (String text :
          new String[] {half.toString(), half.round(new MathContext(19)).toString()}) {
        assertThat(bits(text))
            .as(text)
            .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
      }
    }
  }

  private long bits(String text) {
    byte[] bytes = ("x" + text + "9").getBytes(StandardCharsets.UTF_8);
    if (!reader.read(bytes, 1, bytes.length - 1)) {
      throw new AssertionError(text + " was refused: " + reader.problem());
    }
    return Double.doubleToRawLongBits(reader.value());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0.0, 0, 1",
    "0e5, 0, 0",
    "1, 1, 0",
    "-17, -17, 0",
    "+17, 17, 0",
    "12.34, 1234, 2",
    "-12.50, -1250, 2",
    ".5, 5, 1",
    "5., 5, 0",
    "1e3, 1000, 0",
    "1.048576e+06, 1048576, 0",
    "1.25e+01, 125, 1",
    "2.1e-05, 21, 6",
    "-1.5E+9, -1500000000, 0",
    "1e22, 0, -1",
    "1e15, 1000000000000000, 0",
    "9007199254740991, 9007199254740991, 0",
    "9007199254740992, 0, -1",
    "90071992547409910, 0, -1",
    "9007199254740991e1, 0, -1",
    "1.00000000000000000, 1000000000000000, 15",
    "5.2396400000000005, 0, -1",
    "5.239640000000005, 5239640000000005, 15",
    "1e-22, 1, 22",
    "1e-23, 0, -1",
    "10e-23, 1, 22",
    "-0, 0, -1",
    "-0.0, 0, -1",
    "NaN, 0, -1",
    "+Inf, 0, -1",
    "1e-999, 0, -1",
    "0.1000000000000000055511151231257827, 0, -1"
  })
  void givesTheDigitsAsAWholeNumber(String text, long mantissa, int decimals) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(reader.read(bytes, 0, text.length())).isTrue();
    assertThat(reader.decimals()).isEqualTo(decimals);
    if (decimals >= 0) {
      assertThat(reader.mantissa()).isEqualTo(mantissa);
    }
    if (reader.readOrdinary(bytes, 0) >= 0) {
      assertThat(reader.decimals()).as("read as ordinary").isEqualTo(decimals);
      assertThat(decimals < 0 || reader.mantissa() == mantissa).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\r", "1\t", "1x", "1e5x", "1e+5", "1e+123", "", "-", ".", "-.", "1\0"})
  void ordinaryNumbersEndWithABlankOrTheLine(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(reader.readOrdinary(bytes, 0)).isEqualTo(-1);
  }

  /** The short way gives the same as the long one, wherever it answers. */
  @Test
  void ordinaryNumbersAreReadAsAllOthers() {
    Random random = new Random(3);
    FloatReader other = new FloatReader();
    int answered = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = random(random);
      byte[] bytes = (text + (i % 2 == 0 ? "\n" : " 1\n")).getBytes(StandardCharsets.UTF_8);
      int to = reader.readOrdinary(bytes, 0);
      assertThat(other.read(bytes, 0, text.length())).as(text).isTrue();
      assertThat(Double.doubleToRawLongBits(other.value()))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
      checkDecimals(other, text);
      if (to >= 0) {
        answered++;
        assertThat(to).as(text).isEqualTo(text.length());
        assertThat(Double.doubleToRawLongBits(reader.value()))
            .as(text)
            .isEqualTo(Double.doubleToRawLongBits(other.value()));
        checkDecimals(reader, text);
      }
    }
    assertThat(answered).isGreaterThan(150_000);
  }

  private static String random(Random random) {
    String digits =
        switch (random.nextInt(4)) {
          case 0 -> String.valueOf(random.nextInt(100_000));
          case 1 -> String.valueOf(random.nextLong() >>> 1 + random.nextInt(60));
          case 2 -> String.valueOf(random.nextDouble() * 1000);
          default ->
              "%d.%0{}d"
                  .replace("{}", String.valueOf(1 + random.nextInt(9)))
                  .formatted(random.nextInt(1000), random.nextInt(10));
        };
    String sign = random.nextInt(4) == 0 && !digits.startsWith("-") ? "-" : "";
    String exponent =
        random.nextInt(3) > 0 || digits.contains("E")
            ? ""
            : "e%s%02d".formatted(random.nextBoolean() ? "+" : "-", random.nextInt(24));
    return sign + digits + exponent;
  }

  private static void checkDecimals(FloatReader reader, String text) {
    if (reader.decimals() >= 0) {
      BigDecimal decimal = new BigDecimal(BigInteger.valueOf(reader.mantissa()), reader.decimals());
      assertThat(decimal).as(text).isEqualByComparingTo(new BigDecimal(text));
      assertThat(Math.abs(reader.mantissa())).as(text).isLessThan(1L << 53);
      assertThat(reader.decimals()).as(text).isLessThanOrEqualTo(22);
    }
  }
}
