package io.narthex.storage.internal.chunk;

import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.IntegerBuckets;

/**
 * Builds chunks of {@link Histogram}s (encoding {@value #ENCODING}), byte for byte as upstream's
 * {@code tsdb/chunkenc/histogram.go} would.
 *
 * <pre>
 * chunk  --> count (u16, big endian), header (8 bits), layout, first, later*
 * header --> 00 unknown | 01 not reset | 10 reset | 11 gauge, then 000000
 * layout --> {@link HistogramLayout}
 * first  --> time (signed), count, zero count (unsigned), sum bits (64), delta (signed)*
 * later  --> dod(time), dod(count), dod(zero count) (signed), xor(sum), dod(delta) (signed)*
 * xor    --> as in {@link XorEncoder}
 * signed, unsigned --> {@link BitWriter}
 * </pre>
 *
 * <p>There are as many deltas as the layout has buckets, the positive ones first; a delta is what
 * {@link IntegerBuckets} holds, and its dod is how much it rose, less how much it rose before (0 at
 * first). A stale marker is its sum and nothing else: both other dods are 0, and it has no deltas.
 *
 * <p>All samples of a chunk have one layout and go on from each other: none is smaller than the one
 * before in any bucket, unless they are gauges. So a sample may begin a new chunk, or have the
 * chunk written anew with more buckets. For use by one thread. A reader that was given the array
 * and a count before (under a lock) may go on reading that many samples while more are appended.
 */
public final class HistogramEncoder implements ChunkEncoder {
  /** What stands for this encoding in blocks. */
  public static final int ENCODING = 2;

  static final int HEADER_BYTES = 3;
  static final int MAX_SAMPLES = 0xffff;

  private HistogramWriter writer;

  private HistogramEncoder(long time, Histogram first, CounterResetHeader header) {
    if (first.isStale()) {
      writer = new HistogramWriter(HistogramLayout.EMPTY, header);
      writer.writeStale(time);
    } else {
      writer = new HistogramWriter(HistogramLayout.of(first), header);
      write(time, first, first.positive().deltas(), first.negative().deltas());
    }
  }

  /** Begins a chunk that has none before it. */
  public static HistogramEncoder begin(long time, Histogram first) {
    return new HistogramEncoder(
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
  public HistogramEncoder cut(long time, Histogram next) {
    CounterResetHeader header =
        switch (next.resetHint()) {
          case GAUGE -> CounterResetHeader.GAUGE;
          case RESET -> CounterResetHeader.RESET;
          case NOT_RESET, UNKNOWN -> header(continuation(next));
        };
    return new HistogramEncoder(time, next, header);
  }

  /**
   * Adds a histogram; times may step as they like.
   *
   * @return this, or another encoder whose chunk this histogram had to begin
   */
  public HistogramEncoder append(long time, Histogram next) {
    boolean isGauge = next.resetHint() == CounterResetHint.GAUGE;
    if (isGauge && !takesGauge(next)) {
      return new HistogramEncoder(time, next, CounterResetHeader.GAUGE);
    }
    if (!isGauge) {
      Continuation continuation = continuation(next);
      if (continuation != Continuation.APPENDABLE) {
        return new HistogramEncoder(time, next, header(continuation));
      }
    }
    if (writer.samples() == MAX_SAMPLES) {
      throw new IllegalStateException("a chunk holds at most 65535 samples");
    }
    if (next.isStale()) {
      writer.writeStale(time);
    } else if (hasLayoutOf(next)) {
      write(time, next, next.positive().deltas(), next.negative().deltas());
    } else {
      appendWithOtherBuckets(time, next, isGauge);
    }
    return this;
  }

  private boolean hasLayoutOf(Histogram next) {
    return writer.layout().positive().equals(next.positive().layout())
        && writer.layout().negative().equals(next.negative().layout());
  }

  private void appendWithOtherBuckets(long time, Histogram next, boolean isGauge) {
    Relayout relayout =
        Relayout.of(writer.layout(), next.positive().layout(), next.negative().layout(), isGauge);
    if (relayout.chunkGrows()) {
      writer = written(relayout);
    }
    write(
        time,
        next,
        relayout.positive().spreadSample(next.positive().deltas()),
        relayout.negative().spreadSample(next.negative().deltas()));
  }

  /** The chunk with more buckets. No stale marker is in it: only such could follow. */
  private HistogramWriter written(Relayout relayout) {
    HistogramDecoder old = new HistogramDecoder();
    old.reset(writer.bytes(), writer.samples());
    HistogramWriter anew =
        new HistogramWriter(
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

  private void write(long time, Histogram h, long[] positive, long[] negative) {
    writer.write(time, h.count(), h.zeroCount(), h.sum(), positive, negative);
  }

  private static CounterResetHeader header(Continuation continuation) {
    return switch (continuation) {
      case APPENDABLE, OTHER_KIND -> CounterResetHeader.NOT_RESET;
      case RESET -> CounterResetHeader.RESET;
      case NOT_COMPARED -> CounterResetHeader.UNKNOWN;
    };
  }

  private boolean takesGauge(Histogram next) {
    return writer.header() == CounterResetHeader.GAUGE
        && (next.isStale()
            || (!writer.isStale()
                && writer.layout().hasWidthsOf(next.schema(), next.zeroThreshold())
                && writer.layout().bounds().equals(next.bounds())));
  }

  /** How a histogram that is no gauge stands to the last one here; the order is upstream's. */
  private Continuation continuation(Histogram next) {
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
    if (Long.compareUnsigned(next.count(), writer.count()) < 0) {
      return Continuation.RESET;
    }
    HistogramLayout layout = writer.layout();
    if (!layout.hasWidthsOf(next.schema(), next.zeroThreshold())) {
      return Continuation.NOT_COMPARED;
    }
    boolean goesOn =
        layout.bounds().equals(next.bounds())
            && Long.compareUnsigned(next.zeroCount(), writer.zeroCount()) >= 0
            && hasGrown(layout.positive(), writer.positive(), next.positive())
            && hasGrown(layout.negative(), writer.negative(), next.negative());
    return goesOn ? Continuation.APPENDABLE : Continuation.RESET;
  }

  /** Whether no bucket counts less than before; those that are gone have counted nothing. */
  private static boolean hasGrown(BucketLayout layout, long[] before, IntegerBuckets next) {
    long[] after = next.deltas();
    return layout.equals(next.layout())
        ? hasGrown(before, after)
        : hasGrown(layout.indexes(), before, next.layout().indexes(), after);
  }

  private static boolean hasGrown(long[] before, long[] after) {
    long old = 0;
    long now = 0;
    for (int i = 0; i < before.length; i++) {
      old += before[i];
      now += after[i];
      if (old > now) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasGrown(
      int[] indexesBefore, long[] before, int[] indexesAfter, long[] after) {
    long old = 0;
    long now = 0;
    int j = 0;
    for (int i = 0; i < before.length; i++) {
      old += before[i];
      for (; j < after.length && indexesAfter[j] < indexesBefore[i]; j++) {
        now += after[j];
      }
      if (j == after.length || indexesAfter[j] > indexesBefore[i]) {
        if (old != 0) {
          return false;
        }
      } else {
        now += after[j++];
        if (old > now) {
          return false;
        }
      }
    }
    return true;
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
