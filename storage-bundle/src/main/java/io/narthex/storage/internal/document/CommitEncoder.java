package io.narthex.storage.internal.document;

import io.narthex.api.model.Labels;

/**
 * Encodes one commit as one or more documents ("parts"), each with new series and samples:
 *
 * <pre>
 * part       --> kind u8 (2: more parts follow; 3: last), uvarint part number from 0,
 *                uvarint first reference, uvarint n, definition^n,
 *                zigzag base time, uvarint m, sample^m
 * definition --> uvarint k, (name, value)^k in order of names      each text: uvarint bytes, UTF-8
 * sample     --> uvarint(zigzag(reference - reference before - 1) * 2 + t),   reference before starts at -1
 *                t = 1: zigzag(time - base time),
 *                value
 * value      --> 00 | zn u8, n bytes: (bits xor base) >>> 8z, lowest byte first;  1 <= n <= 8, z + n <= 8
 * </pre>
 *
 * <p>Definition {@code i} gives its series the reference {@code first reference + i} for the rest
 * of the segment. The base of a value is the bits of the sample before of the same reference in the
 * segment, 0 for the first. For use by one thread; to be used again and again.
 */
public final class CommitEncoder {
  static final int KIND_MORE = 2;
  static final int KIND_LAST = 3;

  private final int partLimit;
  private final PartSink sink;
  private final ByteWriter definitions = new ByteWriter(256);
  private final ByteWriter samples = new ByteWriter(4096);
  private final ByteWriter part = new ByteWriter(4096);
  private int parts;
  private int firstRef;
  private int definitionCount;
  private int sampleCount;
  private long baseTime;
  private int previousRef;

  /** Takes the parts of a commit in order. */
  @FunctionalInterface
  public interface PartSink {
    /**
     * The array is valid until the encoder goes on, so that of the last part until the next commit.
     */
    void part(byte[] bytes, int length, boolean last);
  }

  /**
   * An encoder that begins another part when one has reached the limit.
   *
   * @param partLimit in bytes; one definition or sample more may be in a part
   */
  public CommitEncoder(int partLimit, PartSink sink) {
    this.partLimit = partLimit;
    this.sink = sink;
  }

  /** Begins a commit; what was begun before and not finished is dropped. */
  public void begin(int nextRef) {
    parts = 0;
    beginPart(nextRef);
  }

  /** Defines the series of the next reference. */
  public void define(Labels labels) {
    if (definitions.length() + samples.length() >= partLimit) {
      flush(KIND_MORE);
    }
    definitions.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      definitions.string(labels.name(i));
      definitions.string(labels.value(i));
    }
    definitionCount++;
  }

  /**
   * Adds a sample.
   *
   * @param base the bits of the sample before of this reference in the segment, or 0
   */
  public void sample(int ref, long time, long bits, long base) {
    if (definitions.length() + samples.length() >= partLimit) {
      flush(KIND_MORE);
    }
    if (sampleCount == 0) {
      baseTime = time;
    }
    long gap = (long) ref - previousRef - 1;
    long head = ((gap << 1) ^ (gap >> 63)) << 1;
    if (time == baseTime) {
      samples.uvarint(head);
    } else {
      samples.uvarint(head | 1);
      samples.zigzag(time - baseTime);
    }
    value(bits ^ base);
    previousRef = ref;
    sampleCount++;
  }

  /** Ends the commit with its last part. */
  public void finish() {
    flush(KIND_LAST);
  }

  private void value(long xor) {
    if (xor == 0) {
      samples.u8(0);
      return;
    }
    int zeros = Long.numberOfTrailingZeros(xor) / 8;
    int n = 8 - zeros - Long.numberOfLeadingZeros(xor) / 8;
    samples.u8(zeros << 4 | n);
    samples.littleEndian(xor >>> (8 * zeros), n);
  }

  private void flush(int kind) {
    part.clear();
    part.u8(kind);
    part.uvarint(parts++);
    part.uvarint(firstRef);
    part.uvarint(definitionCount);
    part.raw(definitions.bytes(), definitions.length());
    part.zigzag(baseTime);
    part.uvarint(sampleCount);
    part.raw(samples.bytes(), samples.length());
    sink.part(part.bytes(), part.length(), kind == KIND_LAST);
    beginPart(firstRef + definitionCount);
  }

  private void beginPart(int nextRef) {
    definitions.clear();
    samples.clear();
    firstRef = nextRef;
    definitionCount = 0;
    sampleCount = 0;
    baseTime = 0;
    previousRef = -1;
  }
}
