package io.narthex.storage.internal.log;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The payload of the first frame of each file; {@link Frame} has the format. */
record FileHeader(int major, int minor, long tenant, long writer, long epoch, int partition) {
  static final int MAJOR = 1;
  static final int MINOR = 0;
  private static final byte[] MAGIC = "NARTHEXL".getBytes(StandardCharsets.US_ASCII);

  static FileHeader of(long epoch, int partition) {
    return new FileHeader(MAJOR, MINOR, 0, 0, epoch, partition);
  }

  boolean isOf(long ofEpoch, int ofPartition) {
    return epoch == ofEpoch && partition == ofPartition;
  }

  MemorySegment encode() {
    byte[] bytes = Arrays.copyOf(MAGIC, MAGIC.length + 2 + 4 * 10);
    bytes[MAGIC.length] = (byte) major;
    bytes[MAGIC.length + 1] = (byte) minor;
    int at = Varint.put(bytes, MAGIC.length + 2, tenant);
    at = Varint.put(bytes, at, writer);
    at = Varint.put(bytes, at, epoch);
    at = Varint.put(bytes, at, partition);
    return MemorySegment.ofArray(bytes).asSlice(0, at);
  }

  /** Null if it is no header of ours. */
  static @Nullable FileHeader decode(MemorySegment payload) {
    byte[] bytes = payload.toArray(ValueLayout.JAVA_BYTE);
    if (bytes.length < MAGIC.length + 6
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
    return new FileHeader(
        in.get(), in.get(), Varint.get(in), Varint.get(in), Varint.get(in), (int) Varint.get(in));
  }
}
