package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;
import java.util.Arrays;

/**
 * How far the numbers (order 0), their differences (1) or the differences of those (2) are above a
 * base, in as many bits as most of them need; the few that need more have their higher bits apart.
 *
 * <pre>
 * order 0    --> number (the base), offsets(samples)
 * order 1    --> number (the first), base, offsets(samples - 1)
 * order 2    --> number (the first), difference, base, offsets(samples - 2)
 * difference --> zigzag varint, of the second from the first
 * base       --> zigzag varint
 * offsets(n) --> width (bits 0-6 of a byte; bit 7: exceptions), exceptions?, bits(width)*n
 * exceptions --> count (u8), high width (u8), index (u8)*count, bits(high width)*count
 * </pre>
 *
 * <p>Widths are 0 to 56, or 64. An exception's index is that of its offset; its high bits stand
 * above the {@code width} low ones. Base, offsets and differences are counted in divisors.
 */
final class FrameOfReference implements ColumnEncoding {
  private static final int KIND_OF_ORDER_0 = 2;
  private static final int EXCEPTIONS = 0x80;

  /** From this width on, a base that leaves the lowest offsets out is tried too. */
  private static final int WIDE = 12;

  private final int order;
  private final int[] histogram = new int[65];
  private long base;
  private int width;
  private int highWidth;
  private int exceptions;
  private int offsetBytes;

  FrameOfReference(int order) {
    this.order = order;
  }

  @Override
  public int kind() {
    return KIND_OF_ORDER_0 + order;
  }

  /** The order that a kind stands for. */
  static int order(int kind) {
    return kind - KIND_OF_ORDER_0;
  }

  @Override
  public int size(Integers in, int best) {
    if (in.count() <= order) {
      return NONE;
    }
    long[] xs = in.stream(order);
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = order; i < in.count(); i++) {
      min = Math.min(min, xs[i]);
      max = Math.max(max, xs[i]);
    }
    int full = BitPacking.width(max - min);
    offsetBytes = NONE;
    tryBase(xs, in.count(), min, full);
    if (full >= WIDE) {
      tryWithoutOutliers(xs, in.count(), full);
    }
    return headSize(in) + offsetBytes;
  }

  private int headSize(Integers in) {
    return switch (order) {
      case 0 -> in.sizeOf(in.first() + in.divisor() * base);
      case 1 -> in.sizeOf(in.first()) + ByteSink.sizeOfZigzag(base);
      default ->
          in.sizeOf(in.first())
              + ByteSink.sizeOfZigzag(in.stream(1)[1])
              + ByteSink.sizeOfZigzag(base);
    };
  }

  /** Takes the base, with the best split of low and high bits, if that is the best so far. */
  private void tryBase(long[] xs, int to, long candidate, int full) {
    int n = to - order;
    int plain = 1 + BitPacking.bytes(n, full);
    if (plain < offsetBytes) {
      offsetBytes = plain;
      base = candidate;
      width = full;
      exceptions = 0;
    }
    if (full < 2) {
      return;
    }
    Arrays.fill(histogram, 0);
    for (int i = order; i < to; i++) {
      histogram[64 - Long.numberOfLeadingZeros(xs[i] - candidate)]++;
    }
    int above = 0;
    for (int w = 64; w > 0; w--) {
      above += histogram[w];
      int low = w - 1;
      if (above > n >>> 2) {
        return;
      }
      if (above == 0 || low > BitPacking.MAX_NARROW) {
        continue;
      }
      int high = full == 64 ? BitPacking.width(-1L >>> low) : full - low;
      int size = 3 + above + BitPacking.bytes(above, high) + BitPacking.bytes(n, low);
      if (size < offsetBytes) {
        offsetBytes = size;
        base = candidate;
        width = low;
        highWidth = high;
        exceptions = above;
      }
    }
  }

  private void tryWithoutOutliers(long[] xs, int to, int full) {
    Arrays.fill(histogram, 0);
    for (int i = order; i < to; i++) {
      histogram[64 - Long.numberOfLeadingZeros(ByteSink.zigzagged(xs[i]))]++;
    }
    int inside = 64;
    int above = 0;
    while (above + histogram[inside] <= (to - order) >>> 3) {
      above += histogram[inside--];
    }
    if (inside + WIDE / 2 > full) {
      return;
    }
    long min = Long.MAX_VALUE;
    for (int i = order; i < to; i++) {
      if (64 - Long.numberOfLeadingZeros(ByteSink.zigzagged(xs[i])) <= inside) {
        min = Math.min(min, xs[i]);
      }
    }
    long widest = 0;
    for (int i = order; i < to; i++) {
      widest |= xs[i] - min;
    }
    tryBase(xs, to, min, BitPacking.width(widest));
  }

  @Override
  public void write(Integers in, ByteSink out) {
    if (order == 0) {
      in.write(in.first() + in.divisor() * base, out);
    } else {
      in.write(in.first(), out);
      if (order == 2) {
        out.zigzag(in.stream(1)[1]);
      }
      out.zigzag(base);
    }
    out.u8(width | (exceptions > 0 ? EXCEPTIONS : 0));
    long[] xs = in.stream(order);
    if (exceptions > 0) {
      writeExceptions(xs, in.count(), out);
    }
    for (int i = order; i < in.count(); i++) {
      out.bits(xs[i] - base, width);
    }
    out.align();
  }

  private void writeExceptions(long[] xs, int to, ByteSink out) {
    out.u8(exceptions);
    out.u8(highWidth);
    for (int i = order; i < to; i++) {
      if ((xs[i] - base) >>> width != 0) {
        out.u8(i - order);
      }
    }
    for (int i = order; i < to; i++) {
      long high = (xs[i] - base) >>> width;
      if (high != 0) {
        out.bits(high, highWidth);
      }
    }
    out.align();
  }

  static void read(
      int order, Cursor in, boolean raw, long divisor, long[] out, long[] scratch, int count) {
    if (count <= order) {
      throw new BadPanelException("%d samples as differences of order %d".formatted(count, order));
    }
    long first = Integers.read(in, raw);
    switch (order) {
      case 0 -> {
        readOffsets(in, out, scratch, 0, count);
        for (int i = 0; i < count; i++) {
          out[i] = first + divisor * out[i];
        }
      }
      case 1 -> {
        long step = divisor * in.zigzag();
        readOffsets(in, out, scratch, 1, count);
        out[0] = first;
        long number = first;
        for (int i = 1; i < count; i++) {
          number += step + divisor * out[i];
          out[i] = number;
        }
      }
      default -> {
        long step = divisor * in.zigzag();
        long bend = divisor * in.zigzag();
        readOffsets(in, out, scratch, 2, count);
        out[0] = first;
        long number = first + step;
        out[1] = number;
        for (int i = 2; i < count; i++) {
          step += bend + divisor * out[i];
          number += step;
          out[i] = number;
        }
      }
    }
  }

  private static void readOffsets(Cursor in, long[] out, long[] scratch, int from, int to) {
    int control = in.u8();
    int width = control & ~EXCEPTIONS;
    if (control < EXCEPTIONS) {
      BitPacking.read(in, width, out, from, to);
      return;
    }
    int count = in.u8();
    int highWidth = in.u8();
    long indexes = in.take(count);
    if (count > to - from || width > BitPacking.MAX_NARROW) {
      throw new BadPanelException(
          "%d exceptions of %d samples with %d bits".formatted(count, to - from, width));
    }
    BitPacking.read(in, highWidth, scratch, 0, count);
    BitPacking.read(in, width, out, from, to);
    for (int i = 0; i < count; i++) {
      int index = from + Memory.getUnsignedByte(indexes + i);
      if (index >= to) {
        throw new BadPanelException(
            "an exception at %d of %d samples".formatted(index - from, to - from));
      }
      out[index] |= scratch[i] << width;
    }
  }
}
