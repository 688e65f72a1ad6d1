package io.narthex.storage.internal.document;

/**
 * The document that begins a segment: what follows it, up to the next one, is read without anything
 * before it.
 *
 * <pre>
 * segment start --> 01, "NTXS", major u8, minor u8, uvarint tenant, uvarint writer, uvarint writer epoch
 * </pre>
 *
 * @param major a reader refuses a major version that it does not know
 * @param minor a reader takes any minor version
 * @param tenant 0
 * @param writer 0 on a single machine
 * @param writerEpoch which start of the writer it is
 */
public record SegmentStart(int major, int minor, long tenant, long writer, long writerEpoch) {
  /** The major version that is written; 1 is read too. */
  public static final int MAJOR = 2;

  /** The minor version that is written. */
  public static final int MINOR = 1;

  static final int KIND = 1;
  private static final byte[] MAGIC = {'N', 'T', 'X', 'S'};

  /** The start of a segment of the present version. */
  public static SegmentStart of(long writerEpoch) {
    return new SegmentStart(MAJOR, MINOR, 0, 0, writerEpoch);
  }

  /** Whether this version reads what follows. */
  public boolean isReadable() {
    return major == 1 || major == MAJOR;
  }

  /** The document. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter(32);
    out.u8(KIND);
    out.raw(MAGIC, MAGIC.length);
    out.u8(major);
    out.u8(minor);
    out.uvarint(tenant);
    out.uvarint(writer);
    out.uvarint(writerEpoch);
    return java.util.Arrays.copyOf(out.bytes(), out.length());
  }

  static SegmentStart decode(ByteReader in) {
    for (byte expected : MAGIC) {
      if (in.u8() != expected) {
        throw new BadDocumentException("a segment does not begin with NTXS");
      }
    }
    int major = in.u8();
    int minor = in.u8();
    return new SegmentStart(major, minor, in.uvarint(), in.uvarint(), in.uvarint());
  }
}
