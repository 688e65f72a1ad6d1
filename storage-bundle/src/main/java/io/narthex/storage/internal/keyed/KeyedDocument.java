package io.narthex.storage.internal.keyed;

import io.narthex.spi.log.DurableLog;
import io.narthex.spi.state.KeyedLog;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A document of a keyed log: a part of a value, or a key's end. Numbers are big-endian:
 *
 * <pre>
 * 1 byte   version, 1
 * 1 byte   0 a part of a value, 1 the key is removed
 * 4 bytes  bytes of the whole value
 * 4 bytes  offset of this part in it
 * 4 bytes  bytes of the key
 * …        the key in UTF-8, then the part
 * </pre>
 *
 * @param total bytes of the whole value; -1: the key is removed
 * @param offset where in the value the part lies
 */
record KeyedDocument(String key, int total, int offset, byte[] part) {
  /** A value's bytes in one document: with the longest key it is below a document's limit. */
  static final int MAX_PART_BYTES = 512 * 1024;

  private static final byte VERSION = 1;
  private static final byte PUT = 0;
  private static final byte REMOVE = 1;
  private static final int HEADER_BYTES = 14;

  static {
    if (MAX_PART_BYTES + HEADER_BYTES > DurableLog.MAX_DOCUMENT_BYTES) {
      throw new AssertionError("parts are too large");
    }
  }

  /** What says that the key is gone. */
  static KeyedDocument removal(String key) {
    return new KeyedDocument(key, -1, 0, new byte[0]);
  }

  boolean isRemoval() {
    return total < 0;
  }

  MemorySegment encode() {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + name.length + part.length);
    out.put(VERSION).put(isRemoval() ? REMOVE : PUT);
    out.putInt(Math.max(total, 0)).putInt(offset).putInt(name.length).put(name).put(part);
    return MemorySegment.ofArray(out.array());
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static KeyedDocument decode(MemorySegment document) {
    ByteBuffer in = ByteBuffer.wrap(document.toArray(ValueLayout.JAVA_BYTE));
    if (in.remaining() < HEADER_BYTES) {
      throw new IllegalArgumentException("it is shorter than its header");
    }
    byte version = in.get();
    byte kind = in.get();
    int total = in.getInt();
    int offset = in.getInt();
    int keyBytes = in.getInt();
    if (version != VERSION || kind < PUT || kind > REMOVE) {
      throw new IllegalArgumentException(
          "version %d, kind %d is unknown".formatted(version, (int) kind));
    }
    if (keyBytes < 0 || keyBytes > in.remaining()) {
      throw new IllegalArgumentException("its key is longer than the document");
    }
    byte[] key = new byte[keyBytes];
    in.get(key);
    byte[] part = new byte[in.remaining()];
    in.get(part);
    if (total < 0
        || total > KeyedLog.MAX_VALUE_BYTES
        || offset < 0
        || part.length > total - (long) offset) {
      throw new IllegalArgumentException("its part lies outside of the value");
    }
    String name = new String(key, StandardCharsets.UTF_8);
    return kind == REMOVE ? removal(name) : new KeyedDocument(name, total, offset, part);
  }
}
