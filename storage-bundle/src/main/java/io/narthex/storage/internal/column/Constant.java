package io.narthex.storage.internal.column;

import java.util.Arrays;

/**
 * All numbers are the same.
 *
 * <pre>
 * constant --> number
 * </pre>
 */
final class Constant implements ColumnEncoding {
  static final int KIND = 0;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public int size(Integers in, int best) {
    return in.changes() == 0 ? in.sizeOf(in.first()) : NONE;
  }

  @Override
  public void write(Integers in, ByteSink out) {
    in.write(in.first(), out);
  }

  static void read(Cursor in, boolean raw, long[] out, int count) {
    Arrays.fill(out, 0, count, Integers.read(in, raw));
  }
}
