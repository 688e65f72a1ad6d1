package io.narthex.storage.internal.column;

/**
 * What the rows of a panel have in common with all their slots, times or sequence numbers: numbers
 * that never fall.
 *
 * <pre>
 * axis   --> span (uvarint, last minus first), steps?
 * steps  --> length (uvarint, of what follows), order (u8, 0 to 2), frame of reference
 * </pre>
 *
 * <p>Without steps (a flag of the panel's header says so) all are equally far from each other. The
 * frame of reference holds the numbers less the first.
 */
final class RowAxis {
  private final Integers integers = new Integers();
  private final FrameOfReference[] orders = {
    new FrameOfReference(0), new FrameOfReference(1), new FrameOfReference(2)
  };

  /** Whether all are equally far from each other. */
  static boolean isRegular(long[] numbers, int n) {
    long step = n > 1 ? numbers[1] - numbers[0] : 0;
    for (int i = 2; i < n; i++) {
      if (numbers[i] - numbers[i - 1] != step) {
        return false;
      }
    }
    return true;
  }

  void write(long[] numbers, int n, ByteSink out) {
    long span = numbers[n - 1] - numbers[0];
    out.uvarint(span);
    if (isRegular(numbers, n)) {
      return;
    }
    for (int i = 0; i < n; i++) {
      integers.numbers[i] = numbers[i] - numbers[0];
    }
    integers.derive(n, false, false);
    int best = 0;
    int bestSize = ColumnEncoding.NONE;
    for (int order = 0; order < orders.length; order++) {
      int size = orders[order].size(integers, bestSize);
      if (size < bestSize) {
        bestSize = size;
        best = order;
      }
    }
    out.uvarint(1 + bestSize);
    out.u8(best);
    orders[best].write(integers, out);
  }

  static void readRegular(long first, long span, long[] out, int n) {
    if (n == 1) {
      if (span != 0) {
        throw new BadPanelException("one row that ends %d after its begin".formatted(span));
      }
      out[0] = first;
      return;
    }
    long step = Long.divideUnsigned(span, n - 1);
    if (step * (n - 1) != span) {
      throw new BadPanelException(
          "%d rows equally far over %s".formatted(n, Long.toUnsignedString(span)));
    }
    for (int i = 0; i < n; i++) {
      out[i] = first + step * i;
    }
  }

  static void readSteps(Cursor in, long first, long[] out, long[] scratch, int n) {
    int order = in.u8();
    if (order > 2) {
      throw new BadPanelException("differences of the order %d between rows".formatted(order));
    }
    FrameOfReference.read(order, in, false, 1, out, scratch, n);
    for (int i = 0; i < n; i++) {
      out[i] += first;
    }
    if (in.remaining() != 0) {
      throw new BadPanelException("%d bytes after the rows' steps".formatted(in.remaining()));
    }
  }
}
