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
}
