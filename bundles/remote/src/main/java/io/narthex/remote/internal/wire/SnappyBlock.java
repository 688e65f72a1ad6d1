package io.narthex.remote.internal.wire;

/**
 * Decompresses a Snappy block into an array that it keeps for the next one. What the block says its
 * size is decides what is allocated, so that is checked first. Not safe for use by several threads.
 */
public final class SnappyBlock {
  /** No message may be longer (upstream: maxDecodedSize). */
  public static final int MAX_DECODED = 32 * 1024 * 1024;

  /** An array up to this size is kept. */
  private static final int MAX_KEPT = 4 * 1024 * 1024;

  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int length;

  /**
   * Decompresses the first {@code size} bytes.
   *
   * @throws RefusedRequestException if they are no block, or one that is too large
   */
  public void decode(byte[] block, int size) throws RefusedRequestException {
    length = 0;
    int decoded = decodedLength(block, size);
    if (array.length < decoded) {
      array = NOTHING;
      array = new byte[Math.min(MAX_DECODED, Math.max(64 * 1024, decoded + decoded / 4))];
    }
    length = decompress(block, size, decoded);
  }

  private int decompress(byte[] block, int size, int decoded) throws RefusedRequestException {
    int in = 0;
    while (block[in++] < 0) {}
    int out = 0;
    while (in < size) {
      int tag = block[in++] & 0xff;
      int kind = tag & 3;
      int upper = tag >>> 2;
      // How many bytes of a length or an offset follow the tag.
      int extra = kind == 0 ? Math.max(0, upper - 59) : kind == 3 ? 4 : kind;
      if (extra > size - in) {
        throw unlikeDeclared(decoded);
      }
      long number = 0;
      for (int i = 0; i < extra; i++) {
        number |= (block[in++] & 0xffL) << 8 * i;
      }
      if (kind == 0) {
        long count = (extra == 0 ? upper : number) + 1;
        if (count > size - in || count > decoded - out) {
          throw unlikeDeclared(decoded);
        }
        System.arraycopy(block, in, array, out, (int) count);
        in += (int) count;
        out += (int) count;
      } else {
        int count = kind == 1 ? (upper & 7) + 4 : upper + 1;
        long offset = kind == 1 ? (long) (upper >>> 3) << 8 | number : number;
        if (offset == 0 || offset > out || count > decoded - out) {
          throw unlikeDeclared(decoded);
        }
        copy(out, (int) offset, count);
        out += count;
      }
    }
    if (out != decoded) {
      throw corrupt("it declares %d bytes and holds %d".formatted(decoded, out));
    }
    return out;
  }

  /** Where both overlap, what was just written is repeated. */
  private void copy(int out, int offset, int count) {
    if (offset >= count) {
      System.arraycopy(array, out - offset, array, out, count);
    } else {
      for (int i = out; i < out + count; i++) {
        array[i] = array[i - offset];
      }
    }
  }

  private static RefusedRequestException unlikeDeclared(int decoded) {
    return corrupt("it does not decompress to the %d bytes that it declares".formatted(decoded));
  }

  /** The decompressed bytes, up to {@link #length}. */
  public byte[] array() {
    return array;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Gives back an array that is larger than most messages need. */
  public void trim() {
    length = 0;
    if (array.length > MAX_KEPT) {
      array = NOTHING;
    }
  }

  private static int decodedLength(byte[] block, int size) throws RefusedRequestException {
    long decoded = 0;
    int at = 0;
    byte last;
    do {
      if (at == size) {
        throw corrupt("it ends within its declared length, after %d bytes".formatted(size));
      }
      if (at == 5) {
        throw corrupt("its declared length takes more than 5 bytes");
      }
      last = block[at];
      decoded |= (long) (last & 0x7f) << 7 * at;
      at++;
    } while (last < 0);
    if (decoded > MAX_DECODED) {
      throw RefusedRequestException.malformed(
          "decoded size exceeds the %d bytes limit".formatted(MAX_DECODED));
    }
    // No element makes more than 64 bytes of 3.
    if (decoded * 3 > (size - at) * 64L) {
      throw corrupt(
          "it declares %d bytes, more than its %d bytes can hold".formatted(decoded, size - at));
    }
    return (int) decoded;
  }

  private static RefusedRequestException corrupt(String why) {
    return RefusedRequestException.malformed("snappy: corrupt input: the block is wrong: " + why);
  }
}
