package io.narthex.storage.internal.document;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.target.MetricMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decodes the documents of the log of samples; {@link CommitEncoder} and {@link SegmentStart} have
 * the format.
 */
public final class DocumentDecoder {
  private static final int MAX_SLOT = 511;

  private DocumentDecoder() {}

  /** What a document is, as far as its first bytes say. */
  public sealed interface Kind {
    /** It begins a segment. */
    record Segment(SegmentStart start) implements Kind {}

    /** It is a part of a commit. */
    record Part(long number, boolean last) implements Kind {}
  }

  /** Takes what is in a part, in order. */
  public interface PartHandler {
    /** A new series; its reference is one more than that of the one before. */
    void define(int ref, Labels labels);

    /**
     * A slot of a panel is the series of the reference. A reference that was never defined is a
     * {@link BadDocumentException}.
     */
    void bind(int panel, int slot, int ref);

    /** A row, which is a part of the document's bytes. */
    void row(int panel, int number, long time, byte[] bytes, int offset, int length);

    /**
     * The base of a reference's next value. A reference that was never defined is a {@link
     * BadDocumentException}.
     */
    long base(int ref);

    /**
     * A float that is in no row.
     *
     * @param isLate whether it came out of order and was accepted so
     */
    void sample(int ref, long time, long bits, boolean isLate);

    /**
     * A histogram. A reference that was never defined is a {@link BadDocumentException}.
     *
     * @param isLate whether it came out of order and was accepted so
     */
    void histogram(int ref, long time, NativeHistogram histogram, boolean isLate);

    /**
     * A series shows no samples of a range of time any more, both ends included. A reference that
     * was never defined is a {@link BadDocumentException}.
     */
    void delete(int ref, long from, long to);

    /** What is known of a metric. */
    void metadata(MetricMetadata metadata);

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
      case CommitEncoder.KIND_MORE, PartsOfMajor1.EXEMPLARS_MORE ->
          new Kind.Part(in.uvarint(), false);
      case CommitEncoder.KIND_LAST, PartsOfMajor1.EXEMPLARS_LAST ->
          new Kind.Part(in.uvarint(), true);
      default ->
          throw new BadDocumentException("a document of the unknown kind %d".formatted(kind));
    };
  }

  /**
   * Decodes a part of a commit.
   *
   * @param major the major version of its segment
   * @throws BadDocumentException if it breaks the format; some of it may have been handed over
   */
  public static void decodePart(int major, byte[] bytes, int length, PartHandler handler) {
    ByteReader in = new ByteReader(bytes, 0, length);
    int kind = in.u8();
    in.uvarint();
    if (major == 1) {
      PartsOfMajor1.decode(kind, in, handler);
      return;
    }
    if (kind != CommitEncoder.KIND_MORE && kind != CommitEncoder.KIND_LAST) {
      throw new BadDocumentException("a document of the unknown kind %d".formatted(kind));
    }
    long baseTime = in.zigzag();
    while (in.remaining() > 0) {
      int record = in.u8();
      switch (record) {
        case CommitEncoder.DEFINITIONS -> definitions(in, handler);
        case CommitEncoder.BINDINGS -> bindings(in, handler);
        case CommitEncoder.ROW -> row(in, bytes, baseTime, handler);
        case CommitEncoder.SAMPLES -> samples(in, baseTime, false, handler);
        case CommitEncoder.HISTOGRAMS -> histograms(in, baseTime, false, handler);
        case CommitEncoder.LATE_SAMPLES -> samples(in, baseTime, true, handler);
        case CommitEncoder.LATE_HISTOGRAMS -> histograms(in, baseTime, true, handler);
        case CommitEncoder.EXEMPLARS -> exemplars(in, baseTime, handler);
        case CommitEncoder.DELETION -> deletion(in, baseTime, handler);
        case CommitEncoder.METADATA ->
            handler.metadata(
                new MetricMetadata(in.string(), in.string(), in.string(), in.string()));
        default ->
            throw new BadDocumentException("a record of the unknown kind %d".formatted(record));
      }
    }
  }

  private static void definitions(ByteReader in, PartHandler handler) {
    List<String> texts = new ArrayList<>();
    definitions(in, handler, () -> sharedText(in, texts));
  }

  /** Definitions whose texts are read so. */
  static void definitions(ByteReader in, PartHandler handler, Supplier<String> text) {
    long firstRef = in.uvarint();
    int n = in.count("definitions");
    if (firstRef < 0 || firstRef > Integer.MAX_VALUE - n) {
      throw new BadDocumentException(
          "the reference %s is too large".formatted(Long.toUnsignedString(firstRef)));
    }
    for (int i = 0; i < n; i++) {
      handler.define((int) firstRef + i, labels(in, text));
    }
  }

  private static String sharedText(ByteReader in, List<String> texts) {
    long number = in.uvarint();
    if (number == 0) {
      texts.add(in.string());
      return texts.getLast();
    }
    if (number < 0 || number > texts.size()) {
      throw new BadDocumentException(
          "text %s of the %d that were written out"
              .formatted(Long.toUnsignedString(number), texts.size()));
    }
    return texts.get((int) number - 1);
  }

  private static Labels labels(ByteReader in, Supplier<String> text) {
    int k = in.count("labels");
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < k; i++) {
      String name = text.get();
      String value = text.get();
      if (name.isEmpty() || value.isEmpty() || builder.has(name)) {
        throw new BadDocumentException("the label \"%s\" is empty or given twice".formatted(name));
      }
      builder.set(name, value);
    }
    return builder.build();
  }

  private static void bindings(ByteReader in, PartHandler handler) {
    int panel = number(in, "panel");
    int n = in.count("bindings");
    long next = 0;
    long ref = -1;
    for (int i = 0; i < n; i++) {
      long slot = next + in.uvarint();
      ref += 1 + in.zigzag();
      if (slot < next || slot > MAX_SLOT) {
        throw new BadDocumentException("the slot %d is out of range".formatted(slot));
      }
      handler.bind(panel, (int) slot, reference(ref));
      next = slot + 1;
    }
  }

  private static void row(ByteReader in, byte[] bytes, long baseTime, PartHandler handler) {
    int panel = number(in, "panel");
    int number = number(in, "row");
    long time = baseTime + in.zigzag();
    int length = in.count("bytes of a row");
    handler.row(panel, number, time, bytes, in.skip(length), length);
  }

  private static int number(ByteReader in, String of) {
    long number = in.uvarint();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new BadDocumentException(
          "the %s %s is out of range".formatted(of, Long.toUnsignedString(number)));
    }
    return (int) number;
  }

  private static int reference(long ref) {
    if (ref < 0 || ref > Integer.MAX_VALUE) {
      throw new BadDocumentException("the reference %d is out of range".formatted(ref));
    }
    return (int) ref;
  }

  static void samples(ByteReader in, long baseTime, boolean isLate, PartHandler handler) {
    int m = in.count("samples");
    long previousRef = -1;
    for (int i = 0; i < m; i++) {
      long head = in.uvarint();
      long zigzag = head >>> 1;
      int ref = reference(previousRef + 1 + ((zigzag >>> 1) ^ -(zigzag & 1)));
      long time = (head & 1) == 0 ? baseTime : baseTime + in.zigzag();
      handler.sample(ref, time, handler.base(ref) ^ in.value(), isLate);
      previousRef = ref;
    }
  }

  private static void deletion(ByteReader in, long baseTime, PartHandler handler) {
    int ref = reference(in.uvarint());
    long from = baseTime + in.zigzag();
    long length = in.uvarint();
    if (from + length < from) {
      throw new BadDocumentException("a deletion from %d to %d".formatted(from, from + length));
    }
    handler.delete(ref, from, from + length);
  }

  private static void histograms(
      ByteReader in, long baseTime, boolean isLate, PartHandler handler) {
    int m = in.count("histograms");
    HistogramRecord record = new HistogramRecord();
    long previousRef = -1;
    for (int i = 0; i < m; i++) {
      long head = in.uvarint();
      long zigzag = head >>> 4;
      int ref = reference(previousRef + 1 + ((zigzag >>> 1) ^ -(zigzag & 1)));
      long time = (head & 1) == 0 ? baseTime : baseTime + in.zigzag();
      handler.histogram(ref, time, record.read(in, (int) head & 0xf), isLate);
      previousRef = ref;
    }
  }

  static void exemplars(ByteReader in, long baseTime, PartHandler handler) {
    int n = in.count("exemplars");
    for (int i = 0; i < n; i++) {
      int ref = reference(in.uvarint());
      long time = baseTime + in.zigzag();
      double value = Double.longBitsToDouble(in.littleEndian(8));
      handler.exemplar(ref, new Exemplar(labels(in, in::string), value, time));
    }
  }
}
