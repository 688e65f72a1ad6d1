package io.narthex.templates.internal.value;

/**
 * A span of time, Go's {@code time.Duration}.
 *
 * @param pointer whether Go has a pointer to it here, which some functions do not take
 */
public record GoDuration(long nanos, boolean pointer) {
  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  /** The name of Go's type. */
  public String typeName() {
    return pointer ? "*time.Duration" : "time.Duration";
  }

  /** The span in seconds. */
  public double seconds() {
    return in(SECOND);
  }

  /** The span in a unit of so many nanoseconds, whole part and rest apart, as Go does. */
  public double in(long unit) {
    return nanos / unit + (double) (nanos % unit) / unit;
  }

  /** The multiple of a unit nearest to zero. */
  public GoDuration truncate(long unit) {
    return unit <= 0 ? this : new GoDuration(nanos - nanos % unit, false);
  }

  /** The nearest multiple of a unit, halves away from zero. */
  public GoDuration round(long unit) {
    if (unit <= 0) {
      return this;
    }
    long rest = Math.abs(nanos % unit);
    long down = nanos - nanos % unit;
    if (rest + rest < unit) {
      return new GoDuration(down, false);
    }
    return new GoDuration(nanos < 0 ? down - unit : down + unit, false);
  }

  /** As Go prints it, for example {@code 1h2m3.5s}. */
  @Override
  public String toString() {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    // The smallest number has no positive counterpart, but as an unsigned one it is right.
    long size = Math.abs(nanos);
    if (Long.compareUnsigned(size, SECOND) < 0) {
      return sign + small(size);
    }
    long whole = Long.divideUnsigned(size, SECOND);
    StringBuilder out = new StringBuilder(sign);
    if (whole >= 3600) {
      out.append(whole / 3600).append('h');
    }
    if (whole >= 60) {
      out.append(whole / 60 % 60).append('m');
    }
    out.append(whole % 60);
    fraction(out, Long.remainderUnsigned(size, SECOND), 9);
    return out.append('s').toString();
  }

  private static String small(long size) {
    StringBuilder out = new StringBuilder();
    if (size < MICROSECOND) {
      return out.append(size).append("ns").toString();
    }
    boolean micros = size < MILLISECOND;
    long unit = micros ? MICROSECOND : MILLISECOND;
    out.append(size / unit);
    fraction(out, size % unit, micros ? 3 : 6);
    return out.append(micros ? "µs" : "ms").toString();
  }

  private static void fraction(StringBuilder out, long rest, int digits) {
    if (rest == 0) {
      return;
    }
    String text = Long.toString(rest);
    out.append('.').repeat('0', digits - text.length()).append(text);
    while (out.charAt(out.length() - 1) == '0') {
      out.setLength(out.length() - 1);
    }
  }
}
