package io.narthex.storage.internal.log;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a document lies in a log file:
 *
 * <pre>
 * frame  --> crc u32, little endian: CRC32C over all that follows
 *            kind u8 (0: file header, 1: document), uvarint sequence, payload
 * header --> "NARTHEXL", major u8, minor u8, uvarint tenant, uvarint writer, uvarint epoch, uvarint partition
 * </pre>
 *
 * <p>The length is that of Chronicle's document. Documents of an epoch and partition are numbered
 * from 1; a file's header has the number of the document that comes next.
 */
final class Frame {
  static final int HEADER = 0;
  static final int DOCUMENT = 1;
  static final int MAX_OVERHEAD = 4 + 1 + 10;

  private static final int CRC_BYTES = 4;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Frame() {}

  /** What a frame holds; the payload is a part of the array that was decoded. */
  record Decoded(int kind, long sequence, MemorySegment payload) {}

  /** Encodes into the array, which is large enough; gives the length. */
  static int encode(byte[] into, int kind, long sequence, MemorySegment payload) {
    int at = CRC_BYTES;
    into[at++] = (byte) kind;
    at = Varint.put(into, at, sequence);
    int size = (int) payload.byteSize();
    MemorySegment.copy(payload, 0, MemorySegment.ofArray(into), at, size);
    at += size;
    MemorySegment.ofArray(into).set(INT, 0, crc(into, CRC_BYTES, at - CRC_BYTES));
    return at;
  }

  /** Decodes a frame, or gives null if its checksum is wrong. */
  static @Nullable Decoded decode(byte[] bytes, int offset, int length) {
    if (length < CRC_BYTES + 2) {
      return null;
    }
    MemorySegment frame = MemorySegment.ofArray(bytes).asSlice(offset, length);
    if (frame.get(INT, 0) != crc(bytes, offset + CRC_BYTES, length - CRC_BYTES)) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset + CRC_BYTES, length - CRC_BYTES);
    int kind = in.get();
    long sequence = Varint.get(in);
    return new Decoded(kind, sequence, frame.asSlice(in.position() - offset));
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
