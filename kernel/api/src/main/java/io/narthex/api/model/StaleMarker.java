package io.narthex.api.model;

/**
 * The value that says "this series has ended here": a NaN with a payload of its own, so it must be
 * compared by bits (upstream: model/value/value.go).
 */
public final class StaleMarker {
  /** The bits of the marker. */
  public static final long BITS = 0x7ff0000000000002L;

  /** The marker. */
  public static final double VALUE = Double.longBitsToDouble(BITS);

  private StaleMarker() {}

  /** Whether the value is the marker; an ordinary NaN is not. */
  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}
