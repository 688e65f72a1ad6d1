package io.narthex.pushgateway.internal.group;

import io.narthex.pushgateway.internal.group.GroupFormat.BadGroupException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link BinaryWriter} wrote, and trusts nothing of it. */
final class BinaryReader {
  private final byte[] bytes;
  private final List<String> texts;
  private int at;

  BinaryReader(byte[] bytes, int version) throws BadGroupException {
    this.bytes = bytes;
    int found = bytes.length == 0 ? 0 : bytes[at++];
    if (found != version) {
      throw new BadGroupException(
          "it is of version %d, and only version %d is known".formatted(found, version));
    }
    int size = size();
    texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int length = size();
      texts.add(new String(bytes, at, length, StandardCharsets.UTF_8));
      at += length;
    }
  }

  long number() throws BadGroupException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw bad("a number of more than 64 bits");
  }

  /** How many things follow, each of at least one byte. */
  int size() throws BadGroupException {
    long size = number();
    if (size < 0 || size > bytes.length - at) {
      throw bad("more things than there are bytes");
    }
    return (int) size;
  }

  boolean flag() throws BadGroupException {
    long number = number();
    if (number != 0 && number != 1) {
      throw bad("a flag that is neither 0 nor 1");
    }
    return number == 1;
  }

  double decimal() throws BadGroupException {
    need(8);
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | bytes[at++] & 0xff;
    }
    return Double.longBitsToDouble(bits);
  }

  String text() throws BadGroupException {
    long place = number();
    if (place < 0 || place >= texts.size()) {
      throw bad("a text that is not in the table");
    }
    return texts.get((int) place);
  }

  void requireEnd() throws BadGroupException {
    if (at != bytes.length) {
      throw bad("more bytes than belong to it");
    }
  }

  private void need(int count) throws BadGroupException {
    if (bytes.length - at < count) {
      throw bad("an early end");
    }
  }

  private BadGroupException bad(String what) {
    return new BadGroupException("it has %s, at byte %d".formatted(what, at));
  }
}
