package io.narthex.scrape.internal.fetch;

import java.util.Arrays;

/**
 * Collects bytes up to a limit, in an array that has room for one more. Not safe for use by several
 * threads.
 */
public final class ByteSink {
  private static final int INITIAL = 16 * 1024;

  private int limit;
  private byte[] bytes = new byte[INITIAL];
  private int length;

  /**
   * A sink.
   *
   * @param limit how many bytes it takes, below 2^30
   */
  public ByteSink(int limit) {
    this.limit = limit;
  }

  /**
   * Makes room.
   *
   * @return false if the bytes do not fit within the limit
   */
  public boolean reserve(int more) {
    if (more > limit - length) {
      return false;
    }
    if (length + more >= bytes.length) {
      int size = Math.max(length + more + 1, Math.min(limit + 1, bytes.length * 2));
      bytes = Arrays.copyOf(bytes, size);
    }
    return true;
  }

  /**
   * Makes room for some bytes, more than one if there can be.
   *
   * @return for how many; 0 if the limit is reached
   */
  int reserveUpTo(int most) {
    int count = Math.min(most, limit - length);
    if (count > 0) {
      reserve(count);
    }
    return Math.max(0, count);
  }

  /** Counts bytes that were put behind the present ones into reserved room. */
  public void advance(int count) {
    length += count;
  }

  /** The array; bytes from {@link #length} on mean nothing. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Forgets the bytes and keeps the array. */
  public void clear() {
    length = 0;
  }

  /** Changes how many bytes it takes. */
  void limit(int bytes) {
    limit = bytes;
  }
}
