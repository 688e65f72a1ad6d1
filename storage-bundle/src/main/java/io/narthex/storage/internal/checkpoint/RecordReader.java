package io.narthex.storage.internal.checkpoint;

import io.narthex.api.model.Labels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads records, and what is in their bodies. For use by one thread. */
final class RecordReader {
  private final FileChannel channel;
  private final ByteBuffer header =
      ByteBuffer.allocate(CheckpointFormat.RECORD_HEADER).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private final List<String> texts = new ArrayList<>();
  private final long size;
  private byte[] bytes = new byte[RecordWriter.ENOUGH * 2];
  private int length;
  private int at;
  private int number;
  private long start;
  private long next;

  /** Reads the header of the file. */
  RecordReader(FileChannel channel) throws IOException {
    this.channel = channel;
    size = channel.size();
    length = CheckpointFormat.FILE_HEADER;
    fill(length);
    if (!Arrays.equals(CheckpointFormat.MAGIC, 0, 8, bytes, 0, CheckpointFormat.MAGIC.length)) {
      throw bad("it is no checkpoint");
    }
    at = CheckpointFormat.FILE_HEADER - 4;
    crc.update(bytes, 0, at);
    if ((int) crc.getValue() != (int) fixed(4)) {
      throw bad("the checksum of its header is wrong");
    }
  }

  /** The major version of the file. */
  int major() {
    return bytes[CheckpointFormat.MAGIC.length] & 0xff;
  }

  int minor() {
    return bytes[CheckpointFormat.MAGIC.length + 1] & 0xff;
  }

  /** Reads the next record; gives its kind. */
  int next() throws IOException {
    start = next;
    header.clear();
    while (header.hasRemaining()) {
      if (channel.read(header) < 0) {
        throw bad("it ends before its last record");
      }
    }
    int body = header.getInt(4);
    if (body < 0 || body > CheckpointFormat.MAX_RECORD || body > size) {
      throw bad("a record of %d bytes does not fit".formatted(body));
    }
    next += CheckpointFormat.RECORD_HEADER;
    fill(body);
    crc.reset();
    crc.update(header.array(), 4, CheckpointFormat.RECORD_HEADER - 4);
    crc.update(bytes, 0, body);
    if ((int) crc.getValue() != header.getInt(0)) {
      throw bad("the checksum of a record is wrong");
    }
    if (header.getInt(8) != number) {
      throw bad("record %d stands where %d should".formatted(header.getInt(8), number));
    }
    number++;
    texts.clear();
    at = 0;
    return header.get(12);
  }

  private void fill(int n) throws IOException {
    if (n > bytes.length) {
      bytes = new byte[Integer.highestOneBit(n) * 2];
    }
    ByteBuffer into = ByteBuffer.wrap(bytes, 0, n);
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw bad("it ends before its last record");
      }
    }
    length = n;
    next += n;
  }

  /** Whether the file has nothing after this record. */
  boolean isAtEnd() {
    return next == size;
  }

  BadCheckpointException bad(String what) {
    return new BadCheckpointException("%s, at byte %d".formatted(what, start));
  }

  boolean hasMore() {
    return at < length;
  }

  int u8() throws IOException {
    if (at >= length) {
      throw bad("a record ends within a value");
    }
    return bytes[at++] & 0xff;
  }

  long uvarint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw bad("a number is longer than 64 bits");
  }

  long zigzag() throws IOException {
    long v = uvarint();
    return (v >>> 1) ^ -(v & 1);
  }

  /** A number from 0 to a most. */
  int upTo(int most, String what) throws IOException {
    long value = uvarint();
    if (value < 0 || value > most) {
      throw bad(
          "%s is %s, at most %d is possible".formatted(what, Long.toUnsignedString(value), most));
    }
    return (int) value;
  }

  /** A number of things that take a byte each at least. */
  int count(String what) throws IOException {
    return upTo(length - at, what);
  }

  long fixed(int n) throws IOException {
    long value = 0;
    for (int i = 0; i < n; i++) {
      value |= (long) u8() << 8 * i;
    }
    return value;
  }

  byte[] bytes() throws IOException {
    int n = count("the number of bytes");
    byte[] result = Arrays.copyOfRange(bytes, at, at + n);
    at += n;
    return result;
  }

  Labels labels() throws IOException {
    int n = count("the number of labels");
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < n; i++) {
      String name = shared();
      String value = shared();
      if (name.isEmpty() || value.isEmpty() || builder.has(name)) {
        throw bad("the label \"%s\" is empty or given twice".formatted(name));
      }
      builder.set(name, value);
    }
    return builder.build();
  }

  private String shared() throws IOException {
    int of = upTo(texts.size(), "the number of a text");
    if (of > 0) {
      return texts.get(of - 1);
    }
    int n = count("the length of a text");
    String text = new String(bytes, at, n, StandardCharsets.UTF_8);
    at += n;
    texts.add(text);
    return text;
  }
}
