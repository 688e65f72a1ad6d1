package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Texts as UTF-8 bytes in arrays and in memory. Half of a surrogate pair, which is no text, becomes
 * the three bytes of its number, so that every string comes back as it was.
 */
final class Utf8 {
  /** No character of a string takes more bytes. */
  static final int BYTES_PER_CHAR = 3;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E3779B97F4A7C15L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;

  private Utf8() {}

  /** Writes a text, which must fit; returns how many bytes it took. */
  static int encode(String text, byte[] into) {
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        into[at++] = (byte) c;
      } else {
        int point = text.codePointAt(i);
        at = encode(point, into, at);
        i += Character.charCount(point) - 1;
      }
    }
    return at;
  }

  /** How many bytes {@link #encode} writes. */
  static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else {
        int point = text.codePointAt(i);
        length += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        i += Character.charCount(point) - 1;
      }
    }
    return length;
  }

  private static int encode(int point, byte[] into, int from) {
    int at = from;
    if (point < 0x800) {
      into[at++] = (byte) (0xc0 | point >> 6);
    } else {
      if (point < 0x10000) {
        into[at++] = (byte) (0xe0 | point >> 12);
      } else {
        into[at++] = (byte) (0xf0 | point >> 18);
        into[at++] = (byte) (0x80 | point >> 12 & 0x3f);
      }
      into[at++] = (byte) (0x80 | point >> 6 & 0x3f);
    }
    into[at++] = (byte) (0x80 | point & 0x3f);
    return at;
  }

  /** The text that {@link #encode} wrote. */
  static String decode(byte[] bytes) {
    int ascii = 0;
    while (ascii < bytes.length && bytes[ascii] >= 0) {
      ascii++;
    }
    if (ascii == bytes.length) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int first = bytes[at++];
      if (first >= 0) {
        text.append((char) first);
      } else {
        int more = (first & 0xe0) == 0xc0 ? 1 : (first & 0xf0) == 0xe0 ? 2 : 3;
        int point = first & 0x3f >> more;
        for (int i = 0; i < more; i++) {
          point = point << 6 | bytes[at++] & 0x3f;
        }
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  /** A hash whose bits are all good. */
  static long hash(byte[] bytes, int length) {
    long h = length * PRIME;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      h = step(h, (long) LONG.get(bytes, i));
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = rest << 8 | bytes[i] & 0xff;
    }
    return end(step(h, rest));
  }

  /** The same hash of the same bytes in memory. */
  static long hash(long address, int length) {
    long h = length * PRIME;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      h = step(h, Memory.getLong(address + i));
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = rest << 8 | Memory.getUnsignedByte(address + i);
    }
    return end(step(h, rest));
  }

  private static long step(long h, long next) {
    return Long.rotateLeft((h ^ next * PRIME_2) * PRIME, 29);
  }

  private static long end(long last) {
    long h = (last ^ last >>> 32) * PRIME_2;
    h = (h ^ h >>> 29) * PRIME;
    return h ^ h >>> 32;
  }

  /** Whether memory holds these bytes. */
  static boolean isEqual(long address, byte[] bytes, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if (Memory.getLong(address + i) != (long) LONG.get(bytes, i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (Memory.getByte(address + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether memory holds a text. */
  static boolean isEqual(long address, int length, String text) {
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] bytes = new byte[text.length() * BYTES_PER_CHAR];
        return encode(text, bytes) == length && isEqual(address, bytes, length);
      }
      if (at == length || Memory.getByte(address + at) != c) {
        return false;
      }
      at++;
    }
    return at == length;
  }

  /** Compares two texts in memory by their bytes without sign. */
  static int compare(long a, int lengthOfA, long b, int lengthOfB) {
    int shared = Math.min(lengthOfA, lengthOfB);
    int i = 0;
    for (; i + 8 <= shared; i += 8) {
      long left = Memory.getLong(a + i);
      long right = Memory.getLong(b + i);
      if (left != right) {
        return Long.compareUnsigned(Long.reverseBytes(left), Long.reverseBytes(right));
      }
    }
    for (; i < shared; i++) {
      int order = Memory.getUnsignedByte(a + i) - Memory.getUnsignedByte(b + i);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(lengthOfA, lengthOfB);
  }
}
