package io.narthex.promql.internal.exec;

/** Sets of steps, as the bits of a {@link io.narthex.promql.internal.steps.StepVector}. */
final class Bits {
  private Bits() {}

  static boolean meet(long[] a, long[] b) {
    for (int i = 0; i < a.length; i++) {
      if ((a[i] & b[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  static boolean meet(long[] a, long[] b, long[] c) {
    for (int i = 0; i < a.length; i++) {
      if ((a[i] & b[i] & c[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  static void add(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] |= from[i];
    }
  }

  static void remove(long[] from, long[] what) {
    for (int i = 0; i < from.length; i++) {
      from[i] &= ~what[i];
    }
  }
}
