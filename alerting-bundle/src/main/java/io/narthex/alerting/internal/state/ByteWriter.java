package io.narthex.alerting.internal.state;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the elements of entries: whole numbers as LEB128 (7 bits a byte, lowest first; signed ones
 * in zigzag order), hashes in 8 bytes (highest first), texts as their length in bytes and UTF-8.
 */
public final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** One byte. */
  public ByteWriter single(int value) {
    out.write(value);
    return this;
  }

  /** A number that is not negative. */
  public ByteWriter count(int value) {
    return unsigned(value);
  }

  /** A number. */
  public ByteWriter number(long value) {
    return unsigned(value << 1 ^ value >> 63);
  }

  /** A hash. */
  public ByteWriter hash(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  /** A text. */
  public ByteWriter text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private ByteWriter unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** What was written. */
  public byte[] bytes() {
    return out.toByteArray();
  }
}
