package io.narthex.storage.internal.document;

import io.narthex.api.model.histogram.NativeHistogram;

/**
 * Collects the loose samples of a commit, as records of {@link CommitEncoder}: those of one kind
 * that follow each other in one record.
 */
final class LooseWriter {
  private final ByteWriter samples = new ByteWriter(0);
  private final HistogramRecord histograms = new HistogramRecord();
  private int kind;
  private int count;
  private int previousRef;

  /** How many bytes wait to be written. */
  int length() {
    return samples.length();
  }

  void clear() {
    samples.clear();
    histograms.clear();
    count = 0;
    previousRef = -1;
  }

  /** Adds a float; a record of another kind must have ended. */
  void sample(int ofKind, int ref, long offset, long xor) {
    kind = ofKind;
    head(ref, offset, 1, 0);
    samples.value(xor);
  }

  /** Adds a histogram; a record of another kind must have ended. */
  void histogram(int ofKind, int ref, long offset, NativeHistogram histogram) {
    kind = ofKind;
    head(ref, offset, 4, HistogramRecord.flags(histogram));
    histograms.write(samples, histogram);
  }

  private void head(int ref, long offset, int flagBits, int flags) {
    long gap = (long) ref - previousRef - 1;
    long head = ((gap << 1) ^ (gap >> 63)) << flagBits | flags;
    if (offset == 0) {
      samples.uvarint(head);
    } else {
      samples.uvarint(head | 1);
      samples.zigzag(offset);
    }
    previousRef = ref;
    count++;
  }

  /** Whether a record has begun that is of another kind. */
  boolean isOther(int ofKind) {
    return count > 0 && kind != ofKind;
  }

  /** Ends the record, if one has begun. */
  void end(ByteWriter records) {
    if (count > 0) {
      records.u8(kind);
      records.uvarint(count);
      records.raw(samples.bytes(), samples.length());
    }
    clear();
  }
}
