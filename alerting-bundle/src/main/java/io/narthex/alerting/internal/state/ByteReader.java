package io.narthex.alerting.internal.state;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} writes; anything else is a {@link BadEntryException}. */
public final class ByteReader {
  private static final int LONGEST_NUMBER = 10;

  private final ByteBuffer bytes;

  /** Reads from the first byte. */
  public ByteReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** One byte, 0 to 255. */
  public int single() {
    need(1);
    return bytes.get() & 0xff;
  }

  /**
   * A number of elements that follow.
   *
   * @param elementBytes the fewest bytes of each, so that a wrong number is found before there is
   *     room made for it
   */
  public int count(int elementBytes) {
    long count = unsigned();
    if (count < 0 || count > bytes.remaining() / elementBytes) {
      throw new BadEntryException(
          "at byte %d: %s elements cannot follow in the %d bytes that are left"
              .formatted(bytes.position(), Long.toUnsignedString(count), bytes.remaining()));
    }
    return (int) count;
  }

  /** A number. */
  public long number() {
    long zigzag = unsigned();
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  /** A hash. */
  public long hash() {
    need(Long.BYTES);
    return bytes.getLong();
  }

  /** A text. */
  public String text() {
    int length = count(1);
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new BadEntryException(
          "the text that ends at byte %d is not UTF-8".formatted(bytes.position()));
    }
  }

  /** Refuses bytes that are left over. */
  public void end() {
    if (bytes.hasRemaining()) {
      throw new BadEntryException("%d bytes are left over".formatted(bytes.remaining()));
    }
  }

  private long unsigned() {
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      int next = single();
      value |= (long) (next & 0x7f) << 7 * i;
      if (next < 0x80) {
        return value;
      }
    }
    throw new BadEntryException(
        "the number that ends at byte %d is too long".formatted(bytes.position()));
  }

  private void need(int count) {
    if (bytes.remaining() < count) {
      throw new BadEntryException(
          "it ends at byte %d, where %d more are needed".formatted(bytes.limit(), count));
    }
  }
}
