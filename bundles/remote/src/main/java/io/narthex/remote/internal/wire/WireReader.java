package io.narthex.remote.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads protobuf's wire format: tags, varints, fixed numbers and lengths. Never reads at or behind
 * the limit that it is given. Not safe for use by several threads.
 */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int GROUP = 3;
  private static final int GROUP_END = 4;
  private static final int FIXED32 = 5;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private String part = "";
  private int partNumber;

  void use(byte[] bytes) {
    this.bytes = bytes;
    at = 0;
  }

  /** Goes to a position in the part that errors name. */
  void seek(int position, String part, int partNumber) {
    at = position;
    this.part = part;
    this.partNumber = partNumber;
  }

  /** Goes to a position in the same part. */
  void seek(int position) {
    at = position;
  }

  int at() {
    return at;
  }

  static int field(int tag) {
    return tag >>> 3;
  }

  int tag(int limit) throws RefusedRequestException {
    long tag = varint(limit);
    int field = (int) (tag >>> 3);
    if (tag < 0 || tag >>> 32 != 0 || field == 0) {
      throw malformed("illegal tag %d (wire type %d)".formatted(tag >>> 3, tag & 7));
    }
    return (int) tag;
  }

  /** The length of a field that has one, checked against the limit. */
  int message(int tag, String field, int limit) throws RefusedRequestException {
    require(tag, LENGTH, field);
    return length(limit);
  }

  long int64(int tag, String field, int limit) throws RefusedRequestException {
    require(tag, VARINT, field);
    return varint(limit);
  }

  double fixed64(int tag, String field, int limit) throws RefusedRequestException {
    require(tag, FIXED64, field);
    int start = at;
    advance(8, limit);
    return Double.longBitsToDouble((long) LONGS.get(bytes, start));
  }

  int length(int limit) throws RefusedRequestException {
    long length = varint(limit);
    if (length < 0) {
      throw malformed("negative length");
    }
    if (length > limit - at) {
      throw early();
    }
    return (int) length;
  }

  void advance(int count, int limit) throws RefusedRequestException {
    if (count > limit - at) {
      throw early();
    }
    at += count;
  }

  /** Skips the content of a field, groups in groups too. */
  void skip(int tag, int limit) throws RefusedRequestException {
    int type = tag & 7;
    int depth = 0;
    do {
      switch (type) {
        case VARINT -> varint(limit);
        case FIXED64 -> advance(8, limit);
        case LENGTH -> advance(length(limit), limit);
        case GROUP -> depth++;
        case GROUP_END -> {
          if (--depth < 0) {
            throw malformed("end of a group that did not begin");
          }
        }
        case FIXED32 -> advance(4, limit);
        default -> throw malformed("illegal wireType " + type);
      }
      if (depth > 0) {
        type = tag(limit) & 7;
      }
    } while (depth > 0 || type == GROUP);
  }

  private long varint(int limit) throws RefusedRequestException {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= limit) {
        throw early();
      }
      byte b = bytes[at++];
      result |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw malformed("integer overflow");
  }

  private void require(int tag, int type, String field) throws RefusedRequestException {
    if ((tag & 7) != type) {
      throw malformed(
          "wrong wireType = %d for field %s, it should be %d".formatted(tag & 7, field, type));
    }
  }

  private RefusedRequestException early() {
    return RefusedRequestException.malformed(
        "unexpected EOF: %s ends early, at byte %d of the message".formatted(where(), at));
  }

  private RefusedRequestException malformed(String what) {
    return RefusedRequestException.malformed(
        "proto: %s in %s, at byte %d of the message".formatted(what, where(), at));
  }

  private String where() {
    return partNumber == 0 ? part : part + " " + partNumber;
  }
}
