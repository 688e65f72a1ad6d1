package io.narthex.storage.internal.memory;

import java.util.Arrays;

/** The blocks that are allocated now, for the checks of tests. */
final class LiveBlocks {
  /** Where blocks begin, in order, and where they end; replaced as a whole. */
  private record Blocks(long[] begins, long[] ends) {}

  private static volatile Blocks blocks = new Blocks(new long[0], new long[0]);

  private LiveBlocks() {}

  static synchronized void add(long address, long size) {
    Blocks now = blocks;
    int at = -Arrays.binarySearch(now.begins(), address) - 1;
    blocks = new Blocks(insert(now.begins(), at, address), insert(now.ends(), at, address + size));
  }

  static synchronized void remove(long address) {
    Blocks now = blocks;
    int at = Arrays.binarySearch(now.begins(), address);
    blocks = new Blocks(without(now.begins(), at), without(now.ends(), at));
  }

  private static long[] insert(long[] in, int at, long value) {
    long[] out = Arrays.copyOf(in, in.length + 1);
    System.arraycopy(in, at, out, at + 1, in.length - at);
    out[at] = value;
    return out;
  }

  private static long[] without(long[] in, int at) {
    long[] out = Arrays.copyOf(in, in.length - 1);
    System.arraycopy(in, at + 1, out, at, out.length - at);
    return out;
  }

  static void check(long address, long length) {
    Blocks now = blocks;
    int at = Arrays.binarySearch(now.begins(), address);
    int block = at >= 0 ? at : -at - 2;
    if (length < 0 || block < 0 || address + length > now.ends()[block]) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %#x are not in a block that is allocated".formatted(length, address));
    }
  }
}
