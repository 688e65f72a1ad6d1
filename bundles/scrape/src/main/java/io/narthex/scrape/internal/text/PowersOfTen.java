package io.narthex.scrape.internal.text;

import java.math.BigInteger;

/**
 * The powers of ten as 128-bit mantissas with the top bit set: rounded down for exponents from 0
 * on, up below 0. What the Eisel-Lemire method needs.
 */
final class PowersOfTen {
  static final int MIN = -342;
  static final int MAX = 308;

  private static final long[] HIGH = new long[MAX - MIN + 1];
  private static final long[] LOW = new long[MAX - MIN + 1];

  static {
    BigInteger five = BigInteger.valueOf(5);
    BigInteger power = BigInteger.ONE;
    for (int exponent = 0; exponent <= Math.max(MAX, -MIN); exponent++) {
      if (exponent <= MAX) {
        store(exponent, power.shiftLeft(128).shiftRight(power.bitLength()));
      }
      if (exponent > 0 && -exponent >= MIN) {
        BigInteger numerator = BigInteger.ONE.shiftLeft(power.bitLength() + 127);
        store(-exponent, numerator.divide(power).add(BigInteger.ONE));
      }
      power = power.multiply(five);
    }
  }

  private PowersOfTen() {}

  private static void store(int exponent, BigInteger mantissa) {
    HIGH[exponent - MIN] = mantissa.shiftRight(64).longValue();
    LOW[exponent - MIN] = mantissa.longValue();
  }

  static long high(int exponent) {
    return HIGH[exponent - MIN];
  }

  static long low(int exponent) {
    return LOW[exponent - MIN];
  }
}
