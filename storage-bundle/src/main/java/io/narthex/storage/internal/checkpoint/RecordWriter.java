package io.narthex.storage.internal.checkpoint;

import io.narthex.api.model.Labels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** Collects the body of a record and writes it to a file. For use by one thread. */
final class RecordWriter {
  /** As soon as a record has so many bytes it is written. */
  static final int ENOUGH = 256 * 1024;

  private final FileChannel channel;
  private final Map<String, Integer> texts = new HashMap<>();
  private final CRC32C crc = new CRC32C();
  private byte[] bytes = new byte[ENOUGH + ENOUGH / 4];
  private int length = CheckpointFormat.RECORD_HEADER;
  private int number;
  private long written;

  RecordWriter(FileChannel channel) throws IOException {
    this.channel = channel;
    raw(CheckpointFormat.MAGIC);
    u8(CheckpointFormat.MAJOR);
    u8(CheckpointFormat.MINOR);
    crc.update(bytes, CheckpointFormat.RECORD_HEADER, length - CheckpointFormat.RECORD_HEADER);
    fixed(crc.getValue(), 4);
    flush(CheckpointFormat.RECORD_HEADER);
  }

  /** How many bytes were written. */
  long written() {
    return written;
  }

  /** Whether the body has nothing. */
  boolean isEmpty() {
    return length == CheckpointFormat.RECORD_HEADER;
  }

  /** Whether the body should be written. */
  boolean isFull() {
    return length >= ENOUGH;
  }

  /** Writes the body as a record. */
  void end(int kind) throws IOException {
    int body = length - CheckpointFormat.RECORD_HEADER;
    if (body > CheckpointFormat.MAX_RECORD) {
      throw new IOException("a record of %d bytes is too long".formatted(body));
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(4, body).putInt(8, number++).put(12, (byte) kind);
    crc.reset();
    crc.update(bytes, 4, length - 4);
    header.putInt(0, (int) crc.getValue());
    flush(0);
    texts.clear();
  }

  private void flush(int from) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes, from, length - from);
    while (out.hasRemaining()) {
      written += channel.write(out);
    }
    length = CheckpointFormat.RECORD_HEADER;
  }

  void u8(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void uvarint(long value) {
    reserve(10);
    long v = value;
    while ((v & ~0x7fL) != 0) {
      bytes[length++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    bytes[length++] = (byte) v;
  }

  void zigzag(long value) {
    uvarint((value << 1) ^ (value >> 63));
  }

  /** The lowest bytes, lowest first. */
  void fixed(long value, int n) {
    reserve(n);
    for (int i = 0; i < n; i++) {
      bytes[length++] = (byte) (value >>> 8 * i);
    }
  }

  void raw(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
  }

  /** A length and so many bytes. */
  void bytes(byte[] source) {
    uvarint(source.length);
    raw(source);
  }

  void labels(Labels labels) {
    uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      shared(labels.name(i));
      shared(labels.value(i));
    }
  }

  private void shared(String text) {
    Integer known = texts.putIfAbsent(text, texts.size() + 1);
    if (known == null) {
      u8(0);
      bytes(text.getBytes(StandardCharsets.UTF_8));
    } else {
      uvarint(known);
    }
  }

  private void reserve(int n) {
    if (length + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + n));
    }
  }
}
