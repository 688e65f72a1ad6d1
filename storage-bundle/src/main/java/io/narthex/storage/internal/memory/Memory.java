package io.narthex.storage.internal.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads and writes memory by its address. The only class of storage that does so, since nothing
 * keeps a wrong address from ending the process. Numbers are little endian and may lie anywhere.
 *
 * <p>With the system property {@value #CHECKED} every access is checked to lie within one {@link
 * Block} that is not freed; all tests run so.
 */
public final class Memory {
  /** Set to {@code true}, every access is checked. */
  public static final String CHECKED = "narthex.storage.checked-memory";

  /** Whether accesses are checked; constant, so that without checks they cost nothing. */
  static final boolean IS_CHECKED = Boolean.getBoolean(CHECKED);

  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Memory() {}

  /** A byte, with its sign. */
  public static byte getByte(long address) {
    check(address, 1);
    return ALL.get(BYTE, address);
  }

  /** A byte from 0 to 255. */
  public static int getUnsignedByte(long address) {
    return getByte(address) & 0xff;
  }

  /** Two bytes, from 0 to 65535. */
  public static int getUnsignedShort(long address) {
    check(address, 2);
    return ALL.get(SHORT, address) & 0xffff;
  }

  /** Four bytes. */
  public static int getInt(long address) {
    check(address, 4);
    return ALL.get(INT, address);
  }

  /** Eight bytes. */
  public static long getLong(long address) {
    check(address, 8);
    return ALL.get(LONG, address);
  }

  /** Writes the lowest byte. */
  public static void putByte(long address, int value) {
    check(address, 1);
    ALL.set(BYTE, address, (byte) value);
  }

  /** Writes the lowest two bytes. */
  public static void putShort(long address, int value) {
    check(address, 2);
    ALL.set(SHORT, address, (short) value);
  }

  /** Writes four bytes. */
  public static void putInt(long address, int value) {
    check(address, 4);
    ALL.set(INT, address, value);
  }

  /** Writes eight bytes. */
  public static void putLong(long address, long value) {
    check(address, 8);
    ALL.set(LONG, address, value);
  }

  /** Copies from an array. */
  public static void copy(byte[] from, int offset, long to, int length) {
    check(to, length);
    MemorySegment.copy(from, offset, ALL, BYTE, to, length);
  }

  /** Copies into an array. */
  public static void copy(long from, byte[] to, int offset, int length) {
    check(from, length);
    MemorySegment.copy(ALL, BYTE, from, to, offset, length);
  }

  /** Copies within memory; the areas may overlap. */
  public static void copy(long from, long to, long length) {
    check(from, length);
    check(to, length);
    MemorySegment.copy(ALL, from, ALL, to, length);
  }

  /** Sets all bytes to a value. */
  public static void fill(long address, long length, int value) {
    check(address, length);
    ALL.asSlice(address, length).fill((byte) value);
  }

  private static void check(long address, long length) {
    if (IS_CHECKED) {
      LiveBlocks.check(address, length);
    }
  }
}
