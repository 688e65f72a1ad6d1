package io.narthex.storage.internal.column;

/**
 * One way to write the numbers of a column. Instances hold what {@link #size} found out, for {@link
 * #write}; each has a static {@code read} beside them, which trusts nothing that it reads.
 *
 * <p>In all of them {@code number} is a zigzag varint, or eight bytes if the column holds the bits
 * of doubles; {@code divisor} is the column's, 1 if it gives none; bits fill a byte from the lowest
 * and each run of bits ends with its byte.
 */
sealed interface ColumnEncoding permits Constant, FewChanges, FrameOfReference, Rice, XorBits {
  /** The size of an encoding that cannot take the numbers. */
  int NONE = Integer.MAX_VALUE;

  /** Its number in the first byte of a column. */
  int kind();

  /** How many bytes it would write; may be {@link #NONE} if that is not less than {@code best}. */
  int size(Integers in, int best);

  /** Writes the numbers that {@link #size} was called with last. */
  void write(Integers in, ByteSink out);
}
