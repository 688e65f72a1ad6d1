package io.narthex.storage.internal.chunk;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.api.model.histogram.IntegerBuckets;
import io.narthex.storage.internal.memory.Memory;

/**
 * Reads chunks of {@link HistogramEncoder}, sample by sample; to be used again and again. Allocates
 * once a chunk, and where a whole histogram is asked for. Every read throws {@link
 * BadChunkException} where the bytes break the format, and none reads outside of them.
 */
public final class HistogramDecoder {
  private final BitReader in = new BitReader();
  private XorValues sum = new XorValues(1);
  private HistogramLayout layout = HistogramLayout.EMPTY;
  private CounterResetHeader header = CounterResetHeader.UNKNOWN;
  private int samples;
  private int read;
  private long time;
  private long timeDelta;
  private long count;
  private long countDelta;
  private long zeroCount;
  private long zeroCountDelta;
  private long[] positive = new long[0];
  private long[] positiveSteps = new long[0];
  private long[] negative = new long[0];
  private long[] negativeSteps = new long[0];

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
    layout = HistogramLayout.read(in, 1);
    sum = new XorValues(1);
    positive = new long[layout.positive().buckets()];
    positiveSteps = new long[positive.length];
    negative = new long[layout.negative().buckets()];
    negativeSteps = new long[negative.length];
    timeDelta = 0;
    countDelta = 0;
    zeroCountDelta = 0;
    time = in.readSigned();
    count = in.readUnsigned();
    zeroCount = in.readUnsigned();
    sum.readFirst(in, 0);
    for (int i = 0; i < positive.length; i++) {
      positive[i] = in.readSigned();
    }
    for (int i = 0; i < negative.length; i++) {
      negative[i] = in.readSigned();
    }
  }

  private void readLater() {
    timeDelta += in.readSigned();
    time += timeDelta;
    countDelta += in.readSigned();
    count += countDelta;
    zeroCountDelta += in.readSigned();
    zeroCount += zeroCountDelta;
    sum.read(in, 0);
    if (!isStale()) {
      readLater(positive, positiveSteps);
      readLater(negative, negativeSteps);
    }
  }

  private void readLater(long[] deltas, long[] steps) {
    for (int i = 0; i < deltas.length; i++) {
      steps[i] += in.readSigned();
      deltas[i] += steps[i];
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
    return StaleMarker.is(sum.value(0));
  }

  /** How many observations the sample last read has; unsigned. */
  public long count() {
    return count;
  }

  /** What the zero bucket of the sample last read counts; unsigned. */
  public long zeroCount() {
    return zeroCount;
  }

  /** The sum of the sample last read. */
  public double sum() {
    return sum.value(0);
  }

  /** The deltas of the sample last read; the array changes with the next one. */
  long[] positive() {
    return positive;
  }

  /** The deltas of the sample last read; the array changes with the next one. */
  long[] negative() {
    return negative;
  }

  /**
   * The sample last read, new each time. One that a newer version wrote in a schema too fine is
   * made coarser.
   */
  public Histogram histogram() {
    if (isStale()) {
      return Histogram.STALE;
    }
    int steps = Math.max(0, layout.schema() - HistogramSchema.MAX);
    try {
      return new Histogram(
          header.hint(read - 1),
          layout.schema() - steps,
          layout.zeroThreshold(),
          zeroCount,
          count,
          sum(),
          buckets(new IntegerBuckets(layout.positive(), positive.clone()), steps),
          buckets(new IntegerBuckets(layout.negative(), negative.clone()), steps),
          layout.bounds());
    } catch (NarthexException e) {
      throw new BadChunkException("histogram %d is wrong: %s".formatted(read, e.getMessage()), e);
    }
  }

  private static IntegerBuckets buckets(IntegerBuckets fine, int steps) {
    return steps == 0 ? fine : fine.coarser(steps);
  }
}
