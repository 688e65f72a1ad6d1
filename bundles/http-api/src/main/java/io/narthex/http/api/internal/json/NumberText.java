package io.narthex.http.api.internal.json;

import java.nio.charset.StandardCharsets;

/**
 * Writes sample values and timestamps as upstream does, into a buffer of its own, so that nothing
 * is allocated per number. Not safe for use by several threads.
 *
 * <ul>
 *   <li>{@link #plain}: Go's {@code strconv.FormatFloat(v, 'f', -1, 64)}, never an exponent.
 *       Upstream: scalars.
 *   <li>{@link #general}: the same, but Go's {@code 'e'} below 1e-6 and from 1e21 on. Upstream:
 *       vectors and matrices.
 *   <li>{@link #scientific}: always Go's {@code 'e'}. Upstream: the values of alerts.
 *   <li>{@link #timestamp}: seconds, with milliseconds only if there are any, as in {@code
 *       jsonutil.MarshalTimestamp}.
 * </ul>
 */
public final class NumberText {
  /** The longest: a sign, {@code 0.}, 323 zeros and 17 digits. */
  private static final int CAPACITY = 352;

  private final ShortestDecimal decimal = new ShortestDecimal();
  private final byte[] out = new byte[CAPACITY];
  private final byte[] digits = new byte[20];
  private int length;
  private int digitCount;
  private int pointAt;

  /** The bytes that the last call wrote, from index 0 to {@link #length}; all ASCII. */
  public byte[] bytes() {
    return out;
  }

  /** How many bytes the last call wrote. */
  public int length() {
    return length;
  }

  /** Writes a value without an exponent. */
  public void plain(double value) {
    length = 0;
    if (special(value)) {
      return;
    }
    splitDigits(value);
    putPlain();
  }

  /** Writes a value, with an exponent if it is very small or very big. */
  public void general(double value) {
    length = 0;
    if (special(value)) {
      return;
    }
    splitDigits(value);
    double magnitude = Math.abs(value);
    if (magnitude < 1e-6 || magnitude >= 1e21) {
      putScientific();
    } else {
      putPlain();
    }
  }

  /** Writes a value with an exponent. */
  public void scientific(double value) {
    length = 0;
    boolean zero = value == 0;
    if (special(value)) {
      if (zero) {
        putAscii("e+00");
      }
      return;
    }
    splitDigits(value);
    putScientific();
  }

  /** Writes a timestamp, given in ms, in seconds. */
  public void timestamp(long millis) {
    length = 0;
    // Unsigned from here on, so that Long.MIN_VALUE is right too.
    long magnitude = millis;
    if (millis < 0) {
      put('-');
      magnitude = -millis;
    }
    putUnsigned(Long.divideUnsigned(magnitude, 1000));
    int fraction = (int) Long.remainderUnsigned(magnitude, 1000);
    if (fraction != 0) {
      put('.');
      put('0' + fraction / 100);
      put('0' + fraction / 10 % 10);
      put('0' + fraction % 10);
    }
  }

  /** What the last call wrote. */
  @Override
  public String toString() {
    return new String(out, 0, length, StandardCharsets.US_ASCII);
  }

  private boolean special(double value) {
    if (Double.isNaN(value)) {
      putAscii("NaN");
    } else if (Double.isInfinite(value)) {
      putAscii(value > 0 ? "+Inf" : "-Inf");
    } else {
      if (Double.doubleToRawLongBits(value) < 0) {
        put('-');
      }
      if (value != 0) {
        return false;
      }
      put('0');
    }
    return true;
  }

  /**
   * Leaves the digits without zeros at the end, and how many of them stand before the decimal
   * point.
   */
  private void splitDigits(double value) {
    decimal.find(value);
    long rest = decimal.digits();
    int exponent = decimal.exponent();
    while (rest % 10 == 0) {
      rest /= 10;
      exponent++;
    }
    digitCount = countDigits(rest);
    for (int i = digitCount - 1; i >= 0; i--) {
      digits[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    pointAt = digitCount + exponent;
  }

  private static int countDigits(long value) {
    int count = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      count++;
    }
    return count;
  }

  private void putPlain() {
    if (pointAt <= 0) {
      put('0');
      put('.');
      putZeros(-pointAt);
      putDigits(0, digitCount);
    } else if (pointAt >= digitCount) {
      putDigits(0, digitCount);
      putZeros(pointAt - digitCount);
    } else {
      putDigits(0, pointAt);
      put('.');
      putDigits(pointAt, digitCount);
    }
  }

  private void putScientific() {
    putDigits(0, 1);
    if (digitCount > 1) {
      put('.');
      putDigits(1, digitCount);
    }
    int exponent = pointAt - 1;
    put('e');
    put(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    // Go prints at least two digits of the exponent.
    if (magnitude >= 100) {
      put('0' + magnitude / 100);
    }
    put('0' + magnitude / 10 % 10);
    put('0' + magnitude % 10);
  }

  private void putUnsigned(long value) {
    long rest = value;
    int count = countDigits(rest);
    for (int i = length + count - 1; i >= length; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  private void putDigits(int from, int to) {
    System.arraycopy(digits, from, out, length, to - from);
    length += to - from;
  }

  private void putZeros(int count) {
    for (int i = 0; i < count; i++) {
      put('0');
    }
  }

  private void putAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void put(int c) {
    out[length++] = (byte) c;
  }
}
