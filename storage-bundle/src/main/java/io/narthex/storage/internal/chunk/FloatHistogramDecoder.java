package io.narthex.storage.internal.chunk;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.model.histogram.FloatBuckets;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.storage.internal.memory.Memory;

/**
 * Reads chunks of {@link FloatHistogramEncoder}, sample by sample; to be used again and again.
 * Allocates once a chunk, and where a whole histogram is asked for. Every read throws {@link
 * BadChunkException} where the bytes break the format, and none reads outside of them.
 */
public final class FloatHistogramDecoder {
  private final BitReader in = new BitReader();
  private HistogramLayout layout = HistogramLayout.EMPTY;
  private CounterResetHeader header = CounterResetHeader.UNKNOWN;
  private int samples;
  private int read;
  private long time;
  private long timeDelta;
  private XorValues totals = new XorValues(FloatHistogramWriter.TOTALS);
  private XorValues positive = new XorValues(0);
  private XorValues negative = new XorValues(0);

  /**
   * Begins a chunk that fills an array, perhaps with more after it.
   *
   * @param count how many samples to read; the chunk may hold more
   */
  public void reset(byte[] chunk, int count) {
    begin(chunk, 0, chunk.length);
    samples = count;
  }

  /** Begins a chunk that lies in an array, with the bytes before {@code to} at most. */
  public void reset(byte[] array, int from, int to) {
    begin(array, from, to);
    samples = (array[from] & 0xff) << 8 | array[from + 1] & 0xff;
  }

  /** Begins a chunk in memory, which is copied. */
  public void reset(long address, int length) {
    byte[] copy = new byte[length];
    Memory.copy(address, copy, 0, length);
    reset(copy, 0, length);
  }

  private void begin(byte[] array, int from, int to) {
    if (to - from < HistogramEncoder.HEADER_BYTES) {
      throw new BadChunkException(
          "a chunk of histograms has a header of 3 bytes, got %d bytes".formatted(to - from));
    }
    in.reset(array, from + HistogramEncoder.HEADER_BYTES, to);
    header = CounterResetHeader.of(array[from + CounterResetHeader.POSITION]);
    read = 0;
  }

  /** How many samples are left. */
  public int remaining() {
    return samples - read;
  }

  /** Reads the next sample, which must be there. */
  public void next() {
    if (read == 0) {
      readFirst();
    } else {
      readLater();
    }
    read++;
  }

  private void readFirst() {
    layout = HistogramLayout.read(in, 64);
    totals = new XorValues(FloatHistogramWriter.TOTALS);
    positive = new XorValues(layout.positive().buckets());
    negative = new XorValues(layout.negative().buckets());
    timeDelta = 0;
    time = in.readSigned();
    readFirst(totals);
    readFirst(positive);
    readFirst(negative);
  }

  private void readFirst(XorValues values) {
    for (int i = 0; i < values.size(); i++) {
      values.readFirst(in, i);
    }
  }

  private void readLater() {
    timeDelta += in.readSigned();
    time += timeDelta;
    readLater(totals);
    if (!isStale()) {
      readLater(positive);
      readLater(negative);
    }
  }

  private void readLater(XorValues values) {
    for (int i = 0; i < values.size(); i++) {
      values.read(in, i);
    }
  }

  /** What the chunk says of its first histogram. */
  public CounterResetHeader header() {
    return header;
  }

  /** The time of the sample last read. */
  public long time() {
    return time;
  }

  /** Whether the sample last read says that the series ended; then only its time counts. */
  public boolean isStale() {
    return StaleMarker.is(sum());
  }

  /** How many observations the sample last read has. */
  public double count() {
    return totals.value(FloatHistogramWriter.COUNT);
  }

  /** What the zero bucket of the sample last read counts. */
  public double zeroCount() {
    return totals.value(FloatHistogramWriter.ZERO_COUNT);
  }

  /** The sum of the sample last read. */
  public double sum() {
    return totals.value(FloatHistogramWriter.SUM);
  }

  /** The counts of the sample last read; a new array. */
  double[] positive() {
    return positive.toArray();
  }

  /** The counts of the sample last read; a new array. */
  double[] negative() {
    return negative.toArray();
  }

  /**
   * The sample last read, new each time. One that a newer version wrote in a schema too fine is
   * made coarser.
   */
  public FloatHistogram histogram() {
    if (isStale()) {
      return FloatHistogram.STALE;
    }
    int steps = Math.max(0, layout.schema() - HistogramSchema.MAX);
    try {
      return new FloatHistogram(
          header.hint(read - 1),
          layout.schema() - steps,
          layout.zeroThreshold(),
          zeroCount(),
          count(),
          sum(),
          buckets(new FloatBuckets(layout.positive(), positive()), steps),
          buckets(new FloatBuckets(layout.negative(), negative()), steps),
          layout.bounds());
    } catch (NarthexException e) {
      throw new BadChunkException("histogram %d is wrong: %s".formatted(read, e.getMessage()), e);
    }
  }

  private static FloatBuckets buckets(FloatBuckets fine, int steps) {
    return steps == 0 ? fine : fine.coarser(steps);
  }
}
