package io.narthex.storage.internal.document;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;

/**
 * Encodes one commit as one or more documents ("parts"): those with new series and samples, then
 * those with exemplars.
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
 *
 * exemplar part --> kind u8 (4: more parts follow; 5: last), uvarint part number from 0,
 *                   zigzag base time, uvarint n, exemplar^n
 * exemplar      --> uvarint reference, zigzag(time - base time), bits u64, uvarint k, (name, value)^k
 * </pre>
 *
 * <p>Definition {@code i} gives its series the reference {@code first reference + i} for the rest
 * of the segment. The base of a value is the bits of the sample before of the same reference in the
 * segment, 0 for the first. For use by one thread; to be used again and again.
 */
public final class CommitEncoder {
  static final int KIND_MORE = 2;
  static final int KIND_LAST = 3;
  static final int KIND_EXEMPLARS_MORE = 4;
  static final int KIND_EXEMPLARS_LAST = 5;

  private final int partLimit;
  private final PartSink sink;
  private final ByteWriter definitions = new ByteWriter(256);
  private final ByteWriter samples = new ByteWriter(4096);
  private final ByteWriter exemplars = new ByteWriter(0);
  private final ByteWriter part = new ByteWriter(4096);
  private int parts;
  private int firstRef;
  private int definitionCount;
  private int sampleCount;
  private int exemplarCount;
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
    write(definitions, labels);
    definitionCount++;
  }

  private static void write(ByteWriter out, Labels labels) {
    out.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.string(labels.name(i));
      out.string(labels.value(i));
    }
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

  /** Adds an exemplar of a reference that is defined by now; only exemplars may follow. */
  public void exemplar(int ref, Exemplar exemplar) {
    if (definitionCount + sampleCount > 0) {
      flush(KIND_MORE);
    }
    if (exemplars.length() >= partLimit) {
      flushExemplars(KIND_EXEMPLARS_MORE);
    }
    if (exemplarCount == 0) {
      baseTime = exemplar.timestamp();
    }
    exemplars.uvarint(ref);
    exemplars.zigzag(exemplar.timestamp() - baseTime);
    exemplars.littleEndian(Double.doubleToRawLongBits(exemplar.value()), 8);
    write(exemplars, exemplar.labels());
    exemplarCount++;
  }

  /** Ends the commit with its last part. */
  public void finish() {
    if (exemplarCount > 0) {
      flushExemplars(KIND_EXEMPLARS_LAST);
    } else {
      flush(KIND_LAST);
    }
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

  private void flushExemplars(int kind) {
    part.clear();
    part.u8(kind);
    part.uvarint(parts++);
    part.zigzag(baseTime);
    part.uvarint(exemplarCount);
    part.raw(exemplars.bytes(), exemplars.length());
    sink.part(part.bytes(), part.length(), kind == KIND_EXEMPLARS_LAST);
    beginPart(firstRef);
  }

  private void beginPart(int nextRef) {
    exemplars.clear();
    exemplarCount = 0;
    definitions.clear();
    samples.clear();
    firstRef = nextRef;
    definitionCount = 0;
    sampleCount = 0;
    baseTime = 0;
    previousRef = -1;
  }
}
