package io.narthex.scrape.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A hash that stands for the bytes themselves where those would cost too much memory: 64 bits under
 * keys drawn at start, so that nobody can choose texts that collide. Built like wyhash: two words
 * are multiplied with each other, and both halves of the product count.
 */
public final class LineHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** All different: the hash must change when two words of the text are exchanged. */
  private static final long KEY_A;

  private static final long KEY_B;
  private static final long KEY_C;
  private static final long KEY_D;
  private static final long KEY_E;
  private static final long LENGTH_KEY;

  static {
    SecureRandom random = new SecureRandom();
    KEY_A = random.nextLong();
    KEY_B = random.nextLong();
    KEY_C = random.nextLong();
    KEY_D = random.nextLong();
    KEY_E = random.nextLong();
    LENGTH_KEY = random.nextLong();
  }

  private LineHash() {}

  /** The hash of the bytes from one position to before another. */
  public static long of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < 16) {
      int middle = Math.min(from + 8, to);
      return finish(KEY_B, word(bytes, from, middle), word(bytes, middle, to), length);
    }
    // Two chains at a time, since each product waits for the one before in its chain.
    long hash = KEY_B;
    long other = KEY_D;
    int i = from;
    for (int last = to - 32; i <= last; i += 32) {
      hash = mix((long) LONGS.get(bytes, i) ^ KEY_A, (long) LONGS.get(bytes, i + 8) ^ hash);
      other = mix((long) LONGS.get(bytes, i + 16) ^ KEY_C, (long) LONGS.get(bytes, i + 24) ^ other);
    }
    if (i <= to - 16) {
      hash = mix((long) LONGS.get(bytes, i) ^ KEY_A, (long) LONGS.get(bytes, i + 8) ^ hash);
    }
    // The last 16 bytes, of which some may have been taken before.
    long secondLast = (long) LONGS.get(bytes, to - 16);
    return finish(hash ^ other, secondLast, (long) LONGS.get(bytes, to - 8), length);
  }

  private static long word(byte[] bytes, int from, int to) {
    long word = 0;
    for (int i = from; i < to; i++) {
      word = word << 8 | bytes[i] & 0xff;
    }
    return word;
  }

  private static long finish(long hash, long word, long last, int length) {
    return mix(mix(word ^ KEY_E, last ^ hash) ^ KEY_A, LENGTH_KEY ^ length);
  }

  /** Both halves of the product. */
  private static long mix(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b) ^ a * b;
  }
}
