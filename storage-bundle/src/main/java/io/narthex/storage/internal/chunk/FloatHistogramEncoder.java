package io.narthex.storage.internal.chunk;

import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.FloatBuckets;
import io.narthex.api.model.histogram.FloatHistogram;

/**
 * Builds chunks of {@link FloatHistogram}s (encoding {@value #ENCODING}), byte for byte as
 * upstream's {@code tsdb/chunkenc/float_histogram.go} would.
 *
 * <pre>
 * chunk  --> count (u16, big endian), header (8 bits), layout, first, later*
 * first  --> time (signed), count, zero count, sum, bucket* (64 bits each)
 * later  --> dod(time) (signed), xor(count), xor(zero count), xor(sum), xor(bucket)*
 * header, layout, xor, signed --> as in {@link HistogramEncoder}
 * </pre>
 *
 * <p>Each number has an xor window of its own, which the first xor of it begins. A stale marker is
 * its sum, with counts of 0 and no buckets.
 *
 * <p>When a sample begins a new chunk, or has the chunk written anew, is as in {@link
 * HistogramEncoder}; only the header of a chunk that was begun by a sample tells less, as it does
 * upstream. For use by one thread, and read meanwhile as described there.
 */
public final class FloatHistogramEncoder implements ChunkEncoder {
  /** What stands for this encoding in blocks. */
  public static final int ENCODING = 3;

  private FloatHistogramWriter writer;

  private FloatHistogramEncoder(long time, FloatHistogram first, CounterResetHeader header) {
    if (first.isStale()) {
      writer = new FloatHistogramWriter(HistogramLayout.EMPTY, header);
      writer.writeStale(time);
    } else {
      writer = new FloatHistogramWriter(HistogramLayout.of(first), header);
      write(time, first, first.positive().counts(), first.negative().counts());
    }
  }

  /** Begins a chunk that has none before it. */
  public static FloatHistogramEncoder begin(long time, FloatHistogram first) {
    return new FloatHistogramEncoder(
        time,
        first,
        switch (first.resetHint()) {
          case GAUGE -> CounterResetHeader.GAUGE;
          case RESET -> CounterResetHeader.RESET;
          case NOT_RESET, UNKNOWN -> CounterResetHeader.UNKNOWN;
        });
  }

  /**
   * Begins the chunk after this one, because this one is long enough; it says how its first
   * histogram stands to the last one here.
   */
  public FloatHistogramEncoder cut(long time, FloatHistogram next) {
    CounterResetHeader header =
        switch (next.resetHint()) {
          case GAUGE -> CounterResetHeader.GAUGE;
          case RESET -> CounterResetHeader.RESET;
          // What was not compared is no reset here, unlike with whole numbers.
          case NOT_RESET, UNKNOWN ->
              continuation(next) == Continuation.RESET
                  ? CounterResetHeader.RESET
                  : CounterResetHeader.NOT_RESET;
        };
    return new FloatHistogramEncoder(time, next, header);
  }

  /**
   * Adds a histogram; times may step as they like.
   *
   * @return this, or another encoder whose chunk this histogram had to begin
   */
  public FloatHistogramEncoder append(long time, FloatHistogram next) {
    boolean isGauge = next.resetHint() == CounterResetHint.GAUGE;
    if (isGauge && !takesGauge(next)) {
      return new FloatHistogramEncoder(time, next, CounterResetHeader.GAUGE);
    }
    if (!isGauge) {
      Continuation continuation = continuation(next);
      if (continuation != Continuation.APPENDABLE) {
        return new FloatHistogramEncoder(
            time,
            next,
            continuation == Continuation.RESET
                ? CounterResetHeader.RESET
                : CounterResetHeader.UNKNOWN);
      }
    }
    if (writer.samples() == HistogramEncoder.MAX_SAMPLES) {
      throw new IllegalStateException("a chunk holds at most 65535 samples");
    }
    if (next.isStale()) {
      writer.writeStale(time);
    } else if (hasLayoutOf(next)) {
      write(time, next, next.positive().counts(), next.negative().counts());
    } else {
      appendWithOtherBuckets(time, next, isGauge);
    }
    return this;
  }

  private boolean hasLayoutOf(FloatHistogram next) {
    return writer.layout().positive().equals(next.positive().layout())
        && writer.layout().negative().equals(next.negative().layout());
  }

  private void appendWithOtherBuckets(long time, FloatHistogram next, boolean isGauge) {
    Relayout relayout =
        Relayout.of(writer.layout(), next.positive().layout(), next.negative().layout(), isGauge);
    if (relayout.chunkGrows()) {
      writer = written(relayout);
    }
    write(
        time,
        next,
        relayout.positive().spreadSample(next.positive().counts()),
        relayout.negative().spreadSample(next.negative().counts()));
  }

  /** The chunk with more buckets. No stale marker is in it: only such could follow. */
  private FloatHistogramWriter written(Relayout relayout) {
    FloatHistogramDecoder old = new FloatHistogramDecoder();
    old.reset(writer.bytes(), writer.samples());
    FloatHistogramWriter anew =
        new FloatHistogramWriter(
            writer.layout().withBuckets(relayout.newPositive(), relayout.newNegative()),
            writer.header());
    while (old.remaining() > 0) {
      old.next();
      anew.write(
          old.time(),
          old.count(),
          old.zeroCount(),
          old.sum(),
          relayout.positive().spreadChunk(old.positive()),
          relayout.negative().spreadChunk(old.negative()));
    }
    return anew;
  }

  private void write(long time, FloatHistogram h, double[] positive, double[] negative) {
    writer.write(time, h.count(), h.zeroCount(), h.sum(), positive, negative);
  }

  private boolean takesGauge(FloatHistogram next) {
    return writer.header() == CounterResetHeader.GAUGE
        && (next.isStale()
            || (!writer.isStale()
                && writer.layout().hasWidthsOf(next.schema(), next.zeroThreshold())
                && writer.layout().bounds().equals(next.bounds())));
  }

  /** How a histogram that is no gauge stands to the last one here; the order is upstream's. */
  private Continuation continuation(FloatHistogram next) {
    if (writer.header() == CounterResetHeader.GAUGE) {
      return Continuation.OTHER_KIND;
    }
    if (next.resetHint() == CounterResetHint.RESET) {
      return Continuation.RESET;
    }
    if (next.isStale()) {
      return Continuation.APPENDABLE;
    }
    if (writer.isStale()) {
      return Continuation.NOT_COMPARED;
    }
    if (next.count() < writer.count()) {
      return Continuation.RESET;
    }
    HistogramLayout layout = writer.layout();
    if (!layout.hasWidthsOf(next.schema(), next.zeroThreshold())) {
      return Continuation.NOT_COMPARED;
    }
    // NaN is neither less nor more, so it resets nothing.
    boolean isReset =
        !layout.bounds().equals(next.bounds())
            || next.zeroCount() < writer.zeroCount()
            || hasShrunk(layout.positive(), writer.positive(), next.positive())
            || hasShrunk(layout.negative(), writer.negative(), next.negative());
    return isReset ? Continuation.RESET : Continuation.APPENDABLE;
  }

  /** Whether a bucket counts less than before, or is gone and has counted something. */
  private static boolean hasShrunk(BucketLayout layout, XorValues before, FloatBuckets next) {
    double[] after = next.counts();
    return layout.equals(next.layout())
        ? hasShrunk(before, after)
        : hasShrunk(layout.indexes(), before, next.layout().indexes(), after);
  }

  private static boolean hasShrunk(XorValues before, double[] after) {
    for (int i = 0; i < after.length; i++) {
      if (before.value(i) > after[i]) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasShrunk(
      int[] indexesBefore, XorValues before, int[] indexesAfter, double[] after) {
    int j = 0;
    for (int i = 0; i < indexesBefore.length; i++) {
      while (j < after.length && indexesAfter[j] < indexesBefore[i]) {
        j++;
      }
      boolean isGone = j == after.length || indexesAfter[j] > indexesBefore[i];
      if (isGone ? before.value(i) != 0 : before.value(i) > after[j++]) {
        return true;
      }
    }
    return false;
  }

  /** What the chunk says of its first histogram. */
  public CounterResetHeader header() {
    return writer.header();
  }

  @Override
  public int encoding() {
    return ENCODING;
  }

  @Override
  public int count() {
    return writer.samples();
  }

  @Override
  public byte[] bytes() {
    return writer.bytes();
  }

  @Override
  public int length() {
    return writer.length();
  }

  @Override
  public byte[] toByteArray() {
    return writer.toByteArray();
  }
}
