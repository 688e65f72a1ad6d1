package io.narthex.pushgateway.internal.intake;

import io.narthex.pushgateway.internal.exposition.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message of the protobuf wire format: a window on an array, whose fields are visited in order.
 * Call {@link #next}, then the reading method of the field's kind, or {@link #skip}.
 */
final class Wire {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int tag;

  Wire(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean atEnd() {
    return at == end;
  }

  int position() {
    return at;
  }

  /**
   * The next field's tag, which is its number times 8 plus its kind, or 0 at the end. A known
   * number with another kind is another field, which is skipped as all unknown ones are.
   */
  int next() throws PushFormatException {
    if (at == end) {
      return 0;
    }
    long number = varint();
    if (number < 8 || number > 0xffff_ffffL) {
      throw malformed("a field with the number " + Long.toUnsignedString(number >>> 3));
    }
    tag = (int) number;
    return tag;
  }

  long varint() throws PushFormatException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw malformed("a number that ends early");
      }
      byte b = bytes[at++];
      if (shift == 63 && (b & 0xff) > 1) {
        break;
      }
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("a number of more than 64 bits");
  }

  double doubleValue() throws PushFormatException {
    need(8);
    long bits = 0;
    for (int i = 7; i >= 0; i--) {
      bits = bits << 8 | bytes[at + i] & 0xff;
    }
    at += 8;
    return Double.longBitsToDouble(bits);
  }

  /** The message whose length stands here. */
  Wire message() throws PushFormatException {
    int length = length();
    int from = at;
    at += length;
    return new Wire(bytes, from, at);
  }

  /** The next of several messages that stand one after the other, each after its length. */
  Wire delimited() throws PushFormatException {
    int from = at;
    try {
      return message();
    } catch (PushFormatException e) {
      throw new PushFormatException(
          "unexpected EOF: the message at byte %d ends early".formatted(from));
    }
  }

  /** A text; null if it is no UTF-8. */
  @Nullable String text() throws PushFormatException {
    int length = length();
    int from = at;
    at += length;
    return Utf8.isValid(bytes, from, at)
        ? new String(bytes, from, length, StandardCharsets.UTF_8)
        : null;
  }

  /** A text; what is no UTF-8 in it is replaced. */
  String anyText() throws PushFormatException {
    int length = length();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  void skip() throws PushFormatException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> jump(8);
      case BYTES -> {
        int length = length();
        at += length;
      }
      case FIXED32 -> jump(4);
      default -> throw malformed("a field of the kind %d, which is none".formatted(tag & 7));
    }
  }

  private void jump(int length) throws PushFormatException {
    need(length);
    at += length;
  }

  private int length() throws PushFormatException {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw malformed("a field that is longer than its message");
    }
    return (int) length;
  }

  private void need(int length) throws PushFormatException {
    if (end - at < length) {
      throw malformed("a field that is longer than its message");
    }
  }

  private PushFormatException malformed(String what) {
    return new PushFormatException(
        "proto: cannot parse invalid wire-format data: %s, at byte %d".formatted(what, at));
  }
}
