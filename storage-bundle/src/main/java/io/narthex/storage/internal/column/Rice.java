package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;

/**
 * How far the numbers (order 0), their differences (1) or the differences of those (2) are from
 * about their mean, or their differences from the least of them (3), in few bits for what is near.
 *
 * <pre>
 * rice     --> k (bits 0-4 of a byte), escapes (bit 5), order (bits 6-7), escape width (u8)?,
 *              number (the first), difference?, mean, residual*
 * residual --> q zero bits, a one bit, the lowest k bits      q = 0 to 15, the bits above
 *            | 16 zero bits, a one bit, bits(escape width)
 * </pre>
 *
 * <p>A residual is zigzag, but of order 3, where it cannot be negative. The differences begin with
 * the second number or, of order 2, with the third, after the zigzag varint {@code difference} of
 * the second from the first. The mean is a zigzag varint; with the residuals it is counted in
 * divisors. The escape width, 0 to 56, is there if there are escapes.
 */
final class Rice implements ColumnEncoding {
  static final int KIND = 5;
  private static final int ABOVE_LEAST = 3;
  private static final int ESCAPE = 16;
  private static final int ESCAPES = 0x20;
  private static final int MAX_K = 31;

  /** So many bits more than the average make a residual one to be left out for the choice of k. */
  private static final int OUTLIER = 4;

  private final int order;
  private long mean;
  private int k;
  private int escapeWidth;
  private boolean hasEscapes;
  private int bits;

  Rice(int order) {
    this.order = order;
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public int size(Integers in, int best) {
    int from = from(order);
    int n = in.count() - from;
    if (n < 1 || in.isRaw()) {
      return NONE;
    }
    long[] xs = in.stream(stream());
    bits = NONE;
    int limit = (int) Math.min(NONE, 8L * best);
    if (order == ABOVE_LEAST) {
      long least = Long.MAX_VALUE;
      for (int i = from; i < in.count(); i++) {
        least = Math.min(least, xs[i]);
      }
      tryMean(xs, from, in.count(), least, limit);
    } else {
      tryMean(xs, from, in.count(), 0, limit);
    }
    if (order < 2) {
      long sum = 0;
      for (int i = from; i < in.count(); i++) {
        sum += xs[i];
      }
      long average = Math.floorDiv(sum + n / 2, n);
      if (average != 0) {
        tryMean(xs, from, in.count(), average, limit);
      }
    }
    if (bits == NONE) {
      return NONE;
    }
    int head = (hasEscapes ? 2 : 1) + in.sizeOf(in.first()) + ByteSink.sizeOfZigzag(mean);
    if (order == 2) {
      head += ByteSink.sizeOfZigzag(in.stream(1)[1]);
    }
    return head + ((bits + 7) >>> 3);
  }

  /** The index of the first difference. */
  private static int from(int order) {
    return order == 2 ? 2 : 1;
  }

  private int stream() {
    return order == ABOVE_LEAST ? 1 : order;
  }

  private long residual(long x, long from) {
    return order == ABOVE_LEAST ? x - from : ByteSink.zigzagged(x - from);
  }

  private void tryMean(long[] xs, int from, int to, long candidate, int limit) {
    long sum = 0;
    long all = 0;
    for (int i = from; i < to; i++) {
      long residual = residual(xs[i], candidate);
      sum += residual;
      all |= residual;
    }
    int n = to - from;
    int widest = BitPacking.width(all);
    if (sum < 0 || widest > BitPacking.MAX_NARROW - 2) {
      return;
    }
    long average = sum / n;
    int about = log2(average);
    tryK(likelyK(sum, n, about), xs, from, to, candidate, widest, sum, limit);
    if (widest > about + OUTLIER) {
      long some = 0;
      long fewer = 0;
      for (int i = from; i < to; i++) {
        long residual = residual(xs[i], candidate);
        some += residual <= average ? residual : 0;
        fewer += residual <= average ? 1 : 0;
      }
      if (fewer > n / 2) {
        int without = likelyK(some, (int) fewer, log2(some / fewer));
        tryK(without, xs, from, to, candidate, widest, some, limit);
      }
    }
  }

  private static int log2(long average) {
    return 63 - Long.numberOfLeadingZeros(average | 1);
  }

  /** The k that is likely best for residuals whose average has so many bits, less one. */
  private static int likelyK(long sum, int n, int about) {
    int below = Math.max(0, about - 1);
    return likelyBits(sum, n, below) <= likelyBits(sum, n, about) ? below : about;
  }

  private static long likelyBits(long sum, int n, int k) {
    return n * (k + 1L) + (sum >>> k) - (k > 0 ? n / 2 : 0);
  }

  /** Takes k and the mean if they are the best so far; not if they surely are not. */
  private void tryK(
      int someK, long[] xs, int from, int to, long candidate, int widest, long sum, int limit) {
    int n = to - from;
    long likely = Math.min(likelyBits(sum, n, someK), n * (someK + 2L));
    if (someK > MAX_K || likely - likely / 8 >= limit) {
      return;
    }
    int total = 0;
    boolean escapes = false;
    for (int i = from; i < to; i++) {
      long quotient = residual(xs[i], candidate) >>> someK;
      escapes |= quotient >= ESCAPE;
      total += quotient < ESCAPE ? (int) quotient + 1 + someK : ESCAPE + 1 + widest;
    }
    if (total < bits) {
      bits = total;
      mean = candidate;
      k = someK;
      escapeWidth = widest;
      hasEscapes = escapes;
    }
  }

  @Override
  public void write(Integers in, ByteSink out) {
    out.u8(k | (hasEscapes ? ESCAPES : 0) | order << 6);
    if (hasEscapes) {
      out.u8(escapeWidth);
    }
    in.write(in.first(), out);
    if (order == 2) {
      out.zigzag(in.stream(1)[1]);
    }
    out.zigzag(mean);
    long[] xs = in.stream(stream());
    for (int i = from(order); i < in.count(); i++) {
      long residual = residual(xs[i], mean);
      long quotient = residual >>> k;
      if (quotient < ESCAPE) {
        int zeros = (int) quotient;
        out.bits(1L << zeros, zeros + 1);
        out.bits(residual, k);
      } else {
        out.bits(1L << ESCAPE, ESCAPE + 1);
        out.bits(residual, escapeWidth);
      }
    }
    out.align();
  }

  static void read(Cursor in, long divisor, long[] out, int count) {
    int control = in.u8();
    int order = control >>> 6;
    int k = control & MAX_K;
    int escapeWidth = (control & ESCAPES) != 0 ? in.u8() : 0;
    int from = from(order);
    if (count <= from || escapeWidth > BitPacking.MAX_NARROW) {
      throw new BadPanelException(
          "residuals of order %d, escapes of %d bits, for %d samples"
              .formatted(order, escapeWidth, count));
    }
    out[0] = in.zigzag();
    if (order == 2) {
      out[1] = in.zigzag();
    }
    long mean = in.zigzag();
    readResiduals(in, k, escapeWidth, out, from, count);
    if (order < ABOVE_LEAST) {
      for (int i = from; i < count; i++) {
        out[i] = (out[i] >>> 1) ^ -(out[i] & 1);
      }
    }
    restore(order, divisor, mean, out, count);
  }

  private static void readResiduals(
      Cursor in, int k, int escapeWidth, long[] out, int from, int to) {
    long address = in.at();
    long end = in.remaining() << 3;
    long mask = (1L << k) - 1;
    long escapeMask = (1L << escapeWidth) - 1;
    long bit = 0;
    int i = from;
    while (i < to) {
      if (bit >= end) {
        throw new BadPanelException("residuals end after %d of %d".formatted(i, to));
      }
      long window = Memory.getLong(address + (bit >>> 3)) >>> (bit & 7);
      int zeros = Long.numberOfTrailingZeros(window);
      if (zeros >= ESCAPE) {
        bit = escape(zeros, bit, end);
        out[i++] = (Memory.getLong(address + (bit >>> 3)) >>> (bit & 7)) & escapeMask;
        bit += escapeWidth;
        continue;
      }
      // As many as surely lie in the window.
      int left = 57;
      do {
        window >>>= zeros + 1;
        out[i++] = ((long) zeros << k) | (window & mask);
        window >>>= k;
        left -= zeros + 1 + k;
        zeros = Long.numberOfTrailingZeros(window);
      } while (i < to && zeros < ESCAPE && zeros + 1 + k <= left);
      bit += 57 - left;
    }
    in.take((bit + 7) >>> 3);
  }

  /** Where the bits of an escape begin. */
  private static long escape(int zeros, long bit, long end) {
    long at = bit + ESCAPE + 1;
    if (zeros != ESCAPE || at >= end) {
      throw new BadPanelException("%d zero bits before a residual".formatted(zeros));
    }
    return at;
  }

  private static void restore(int order, long divisor, long mean, long[] out, int count) {
    long first = out[0];
    switch (order) {
      case 0 -> {
        for (int i = 1; i < count; i++) {
          out[i] = first + divisor * (mean + out[i]);
        }
      }
      case 1, ABOVE_LEAST -> {
        long number = first;
        for (int i = 1; i < count; i++) {
          number += divisor * (mean + out[i]);
          out[i] = number;
        }
      }
      default -> {
        long step = divisor * out[1];
        long number = first + step;
        out[1] = number;
        for (int i = 2; i < count; i++) {
          step += divisor * (mean + out[i]);
          number += step;
          out[i] = number;
        }
      }
    }
  }
}
