package io.narthex.storage.internal.column;

/**
 * How the numbers of a column become doubles, as a byte of its low seven bits: {@code 0..22}
 * divided by that power of ten, {@value #RAW} the raw bits of doubles, {@code 65..127} divided by
 * two to the power of the code less {@value #BINARY}. All of these give exact doubles.
 */
final class Scale {
  static final int RAW = Decimal.RAW;
  static final int BINARY = 64;
  static final int MAX_BINARY = 63;

  private Scale() {}

  static void check(int scale) {
    if (scale > Decimal.MAX_PLACES && scale != RAW && scale <= BINARY) {
      throw new BadPanelException(
          "a column of the scale %d, which does not exist".formatted(scale));
    }
  }

  static boolean isDecimal(int scale) {
    return scale <= Decimal.MAX_PLACES;
  }

  static void toDoubles(int scale, long[] numbers, double[] values, int count) {
    if (scale == 0) {
      for (int i = 0; i < count; i++) {
        values[i] = numbers[i];
      }
    } else if (scale == RAW) {
      for (int i = 0; i < count; i++) {
        values[i] = Double.longBitsToDouble(numbers[i]);
      }
    } else if (scale > BINARY) {
      double unit = Math.scalb(1.0, BINARY - scale);
      for (int i = 0; i < count; i++) {
        values[i] = numbers[i] * unit;
      }
    } else {
      double power = Decimal.power(scale);
      for (int i = 0; i < count; i++) {
        values[i] = numbers[i] / power;
      }
    }
  }

  /** The decimals, each moved by some units in its last place. */
  static void toDoubles(int scale, long[] numbers, long[] places, double[] values, int count) {
    toDoubles(scale, numbers, values, count);
    for (int i = 0; i < count; i++) {
      values[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(values[i]) + places[i]);
    }
  }
}
