package io.narthex.storage.internal.document;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;

/**
 * Decodes the documents of the log of samples; {@link CommitEncoder} and {@link SegmentStart} have
 * the format.
 */
public final class DocumentDecoder {
  private DocumentDecoder() {}

  /** What a document is, as far as its first bytes say. */
  public sealed interface Kind {
    /** It begins a segment. */
    record Segment(SegmentStart start) implements Kind {}

    /** It is a part of a commit. */
    record Part(long number, boolean last) implements Kind {}
  }

  /** Takes what is in a part, in order: definitions, then samples; or exemplars. */
  public interface PartHandler {
    /** A new series; its reference is one more than that of the one before. */
    void define(int ref, Labels labels);

    /**
     * The base of a reference's next value. A reference that was never defined is a {@link
     * BadDocumentException}.
     */
    long base(int ref);

    /** A sample. */
    void sample(int ref, long time, long bits);

    /** An exemplar. A reference that was never defined is a {@link BadDocumentException}. */
    void exemplar(int ref, Exemplar exemplar);
  }

  /**
   * Tells what a document is.
   *
   * @throws BadDocumentException if it is nothing that this version knows
   */
  public static Kind kind(byte[] bytes, int length) {
    ByteReader in = new ByteReader(bytes, 0, length);
    int kind = in.u8();
    return switch (kind) {
      case SegmentStart.KIND -> new Kind.Segment(SegmentStart.decode(in));
      case CommitEncoder.KIND_MORE, CommitEncoder.KIND_EXEMPLARS_MORE ->
          new Kind.Part(in.uvarint(), false);
      case CommitEncoder.KIND_LAST, CommitEncoder.KIND_EXEMPLARS_LAST ->
          new Kind.Part(in.uvarint(), true);
      default ->
          throw new BadDocumentException("a document of the unknown kind %d".formatted(kind));
    };
  }

  /**
   * Decodes a part of a commit.
   *
   * @throws BadDocumentException if it breaks the format; some of it may have been handed over
   */
  public static void decodePart(byte[] bytes, int length, PartHandler handler) {
    ByteReader in = new ByteReader(bytes, 0, length);
    int kind = in.u8();
    in.uvarint();
    if (kind == CommitEncoder.KIND_EXEMPLARS_MORE || kind == CommitEncoder.KIND_EXEMPLARS_LAST) {
      exemplars(in, handler);
      requireEnd(in, "exemplar");
    } else {
      definitions(in, handler);
      samples(in, handler);
      requireEnd(in, "sample");
    }
  }

  private static void requireEnd(ByteReader in, String last) {
    if (in.remaining() != 0) {
      throw new BadDocumentException("%d bytes follow the last %s".formatted(in.remaining(), last));
    }
  }

  private static void exemplars(ByteReader in, PartHandler handler) {
    long baseTime = in.zigzag();
    int n = in.count("exemplars");
    for (int i = 0; i < n; i++) {
      long ref = in.uvarint();
      if (ref < 0 || ref > Integer.MAX_VALUE) {
        throw new BadDocumentException(
            "the reference %s is out of range".formatted(Long.toUnsignedString(ref)));
      }
      long time = baseTime + in.zigzag();
      double value = Double.longBitsToDouble(in.littleEndian(8));
      handler.exemplar((int) ref, new Exemplar(labels(in), value, time));
    }
  }

  private static void definitions(ByteReader in, PartHandler handler) {
    long firstRef = in.uvarint();
    int n = in.count("definitions");
    if (firstRef < 0 || firstRef + n > Integer.MAX_VALUE) {
      throw new BadDocumentException(
          "the reference %s is too large".formatted(Long.toUnsignedString(firstRef)));
    }
    for (int i = 0; i < n; i++) {
      handler.define((int) firstRef + i, labels(in));
    }
  }

  private static Labels labels(ByteReader in) {
    int k = in.count("labels");
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < k; i++) {
      String name = in.string();
      String value = in.string();
      if (name.isEmpty() || value.isEmpty() || builder.has(name)) {
        throw new BadDocumentException("the label \"%s\" is empty or given twice".formatted(name));
      }
      builder.set(name, value);
    }
    return builder.build();
  }

  private static void samples(ByteReader in, PartHandler handler) {
    long baseTime = in.zigzag();
    int m = in.count("samples");
    long previousRef = -1;
    for (int i = 0; i < m; i++) {
      long head = in.uvarint();
      long zigzag = head >>> 1;
      long ref = previousRef + 1 + ((zigzag >>> 1) ^ -(zigzag & 1));
      if (ref < 0 || ref > Integer.MAX_VALUE) {
        throw new BadDocumentException("the reference %d is out of range".formatted(ref));
      }
      long time = (head & 1) == 0 ? baseTime : baseTime + in.zigzag();
      handler.sample((int) ref, time, handler.base((int) ref) ^ xor(in));
      previousRef = ref;
    }
  }

  private static long xor(ByteReader in) {
    int control = in.u8();
    if (control == 0) {
      return 0;
    }
    int n = control & 0xf;
    int zeros = control >>> 4;
    if (n == 0 || n + zeros > 8) {
      throw new BadDocumentException("a value begins with the byte 0x%02x".formatted(control));
    }
    return in.littleEndian(n) << (8 * zeros);
  }
}
