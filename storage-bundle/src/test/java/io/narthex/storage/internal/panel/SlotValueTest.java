package io.narthex.storage.internal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.StaleMarker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotValueTest {
  private static final long LARGEST = (1L << 53) - 1;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
  void decimalIsTheDoubleThatItsTextIs(int decimals) {
    Random random = new Random(decimals);
    for (int round = 0; round < 20_000; round++) {
      long number =
          switch (round) {
            case 0 -> 0;
            case 1 -> LARGEST;
            case 2 -> -LARGEST;
            default -> random.nextLong() >> (10 + random.nextInt(54));
          };
      assertThat(SlotValue.isDecimal(number, decimals)).isTrue();
      BigDecimal exact = new BigDecimal(BigInteger.valueOf(number), decimals);
      long parsed = Double.doubleToRawLongBits(Double.parseDouble(exact.toString()));
      if (SlotValue.bits(number, decimals) != parsed
          || Double.doubleToRawLongBits(SlotValue.value(number, decimals | SlotValue.ABSENT))
              != parsed
          || Double.doubleToRawLongBits(exact.doubleValue()) != parsed) {
        throw new AssertionError(
            "%s is read as %s".formatted(exact, SlotValue.value(number, decimals)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740991, 0, true",
    "9007199254740992, 0, false",
    "-9007199254740991, 22, true",
    "-9007199254740992, 22, false",
    "-9223372036854775808, 0, false",
    "9223372036854775807, 5, false",
    "0, 22, true",
    "0, 23, false",
    "0, -1, false",
    "1, 31, false",
    "1, 64, false"
  })
  void decimalHasItsLimits(long number, int decimals, boolean is) {
    assertThat(SlotValue.isDecimal(number, decimals)).isEqualTo(is);
  }

  @Test
  void rawNumberIsTheBits() {
    for (long bits : Samples.SPECIAL) {
      assertThat(SlotValue.bits(bits, SlotValue.RAW)).isEqualTo(bits);
      assertThat(SlotValue.bits(bits, SlotValue.RAW | SlotValue.ABSENT)).isEqualTo(bits);
      assertThat(Double.doubleToRawLongBits(SlotValue.value(bits, SlotValue.RAW))).isEqualTo(bits);
    }
  }

  @Test
  void formsAreTheDecimalsAndRaw() {
    for (int form = -1; form < 256; form++) {
      assertThat(SlotValue.isForm(form)).isEqualTo(form >= 0 && form <= 22 || form == 31);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void formHoldsAnyBitsWithoutLoss(int seed) {
    Random random = new Random(seed);
    Samples samples = new Samples(random);
    for (int round = 0; round < 50_000; round++) {
      long bits = samples.anyBits();
      int decimals = random.nextInt(SlotValue.MAX_DECIMALS + 2);
      int preferred = decimals > SlotValue.MAX_DECIMALS ? SlotValue.RAW : decimals;
      int form =
          SlotValue.formOf(bits, random.nextBoolean() ? preferred : preferred | SlotValue.ABSENT);
      long number = SlotValue.numberOf(bits, form);
      if (!SlotValue.isForm(form)
          || SlotValue.bits(number, form) != bits
          || form != SlotValue.RAW && !SlotValue.isDecimal(number, form)) {
        throw new AssertionError("%#x is kept as %d in form %d".formatted(bits, number, form));
      }
    }
  }

  @Test
  void valuesThatAreNoDecimalsStayRaw() {
    for (long bits :
        new long[] {
          StaleMarker.BITS,
          Double.doubleToRawLongBits(-0.0),
          Double.doubleToRawLongBits(Double.NaN),
          0x7ff800000000deadL,
          0xfff8000000000000L,
          Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
          Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
          Double.doubleToRawLongBits(0x1p53),
          Double.doubleToRawLongBits(Double.MAX_VALUE)
        }) {
      for (int preferred = 0; preferred <= SlotValue.MAX_DECIMALS; preferred++) {
        assertThat(SlotValue.formOf(bits, preferred)).as("%#x", bits).isEqualTo(SlotValue.RAW);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12.34, 2, 2",
    "12.5, 2, 2",
    "12.5, 0, 1",
    "12.34, 31, 2",
    "7, 0, 0",
    "7, 3, 3",
    "0, 22, 22",
    "0.12345, 0, 31",
    "0.12345, 5, 5",
    "0.1234, 5, 5",
    "0.1234, 64, 4",
    "1e300, 2, 31"
  })
  void formIsThePreferredOneOrTheShortest(double value, int preferred, int form) {
    assertThat(SlotValue.formOf(Double.doubleToRawLongBits(value), preferred)).isEqualTo(form);
  }

  @Test
  void numberWithMoreDecimalsIsExactOrNone() {
    Random random = new Random(1);
    BigInteger limit = BigInteger.valueOf(LARGEST);
    for (int round = 0; round < 50_000; round++) {
      long number = random.nextLong() >> (10 + random.nextInt(54));
      int more = random.nextInt(SlotValue.MAX_DECIMALS + 1);
      BigInteger exact = BigInteger.valueOf(number).multiply(BigInteger.TEN.pow(more));
      long expected = exact.abs().compareTo(limit) <= 0 ? exact.longValue() : Long.MIN_VALUE;
      assertThat(SlotValue.withMoreDecimals(number, more))
          .as("%d with %d more", number, more)
          .isEqualTo(expected);
    }
  }
}
