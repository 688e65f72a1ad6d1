package io.narthex.storage.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.StaleMarker;
import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.CustomBounds;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.api.model.histogram.IntegerBuckets;
import io.narthex.api.model.histogram.Span;
import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistogramChunkTest {
  private static final int SERIES = 1_500;

  /** What must come back: all but buckets that count nothing, and the hint. */
  private record Content(
      long time,
      int schema,
      double zeroThreshold,
      double zeroCount,
      double count,
      long sumBits,
      Map<Integer, Long> positive,
      Map<Integer, Long> negative,
      CustomBounds bounds) {
    static Content of(long time, Histogram h) {
      return h.isStale()
          ? stale(time)
          : new Content(
              time,
              h.schema(),
              h.zeroThreshold(),
              h.zeroCount(),
              h.count(),
              Double.doubleToRawLongBits(h.sum()),
              full(h.positive().layout(), h.positive().counts()),
              full(h.negative().layout(), h.negative().counts()),
              h.bounds());
    }

    private static Content stale(long time) {
      return new Content(time, 0, 0, 0, 0, StaleMarker.BITS, Map.of(), Map.of(), CustomBounds.NONE);
    }

    static Content of(long time, FloatHistogram h) {
      return h.isStale()
          ? stale(time)
          : new Content(
              time,
              h.schema(),
              h.zeroThreshold(),
              h.zeroCount(),
              h.count(),
              Double.doubleToRawLongBits(h.sum()),
              full(h.positive().layout(), bits(h.positive().counts())),
              full(h.negative().layout(), bits(h.negative().counts())),
              h.bounds());
    }

    private static long[] bits(double[] counts) {
      return Arrays.stream(counts).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static Map<Integer, Long> full(BucketLayout layout, long[] counts) {
      Map<Integer, Long> full = new TreeMap<>();
      int[] indexes = layout.indexes();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] != 0) {
          full.put(indexes[i], counts[i]);
        }
      }
      return full;
    }
  }

  @Test
  void anyHistogramsComeBack() {
    HistogramDecoder decoder = new HistogramDecoder();
    for (int seed = 0; seed < SERIES; seed++) {
      List<Content> given = new ArrayList<>();
      List<byte[]> chunks = new ArrayList<>();
      encode(seed, given, chunks);
      List<Content> read = new ArrayList<>();
      for (byte[] chunk : chunks) {
        decoder.reset(chunk, 0, chunk.length);
        while (decoder.remaining() > 0) {
          decoder.next();
          read.add(Content.of(decoder.time(), decoder.histogram()));
        }
      }
      assertThat(read).as("seed %d", seed).isEqualTo(given);
    }
  }

  private static void encode(int seed, List<Content> given, List<byte[]> chunks) {
    HistogramSeries series = new HistogramSeries(seed);
    HistogramEncoder encoder = null;
    for (int i = 0; i <= seed % 40; i++) {
      series.step();
      Histogram h = series.histogram(series.isStaleNext());
      given.add(Content.of(series.time(), h));
      HistogramEncoder before = encoder;
      if (before == null) {
        encoder = HistogramEncoder.begin(series.time(), h);
        continue;
      }
      encoder = i % 37 == 36 ? before.cut(series.time(), h) : before.append(series.time(), h);
      if (encoder != before) {
        chunks.add(before.toByteArray());
      }
    }
    chunks.add(encoder.toByteArray());
  }

  @Test
  void anyFloatHistogramsComeBack() {
    FloatHistogramDecoder decoder = new FloatHistogramDecoder();
    for (int seed = 0; seed < SERIES; seed++) {
      List<Content> given = new ArrayList<>();
      List<byte[]> chunks = new ArrayList<>();
      encodeFloat(seed, given, chunks);
      List<Content> read = new ArrayList<>();
      for (byte[] chunk : chunks) {
        decoder.reset(chunk, 0, chunk.length);
        while (decoder.remaining() > 0) {
          decoder.next();
          read.add(Content.of(decoder.time(), decoder.histogram()));
        }
      }
      assertThat(read).as("seed %d", seed).isEqualTo(given);
    }
  }

  private static void encodeFloat(int seed, List<Content> given, List<byte[]> chunks) {
    HistogramSeries series = new HistogramSeries(seed);
    FloatHistogramEncoder encoder = null;
    for (int i = 0; i <= seed % 40; i++) {
      series.step();
      FloatHistogram h = series.floatHistogram(series.isStaleNext());
      given.add(Content.of(series.time(), h));
      FloatHistogramEncoder before = encoder;
      if (before == null) {
        encoder = FloatHistogramEncoder.begin(series.time(), h);
        continue;
      }
      encoder = i % 37 == 36 ? before.cut(series.time(), h) : before.append(series.time(), h);
      if (encoder != before) {
        chunks.add(before.toByteArray());
      }
    }
    chunks.add(encoder.toByteArray());
  }

  @Test
  void readerOfFewerSamplesIsNotDisturbedByOnesWithMoreBuckets() {
    HistogramEncoder encoder = HistogramEncoder.begin(0, histogram(1, 2, 0, 3));
    encoder = encoder.append(1, histogram(2, 2, 0, 4));
    byte[] before = encoder.bytes();
    HistogramEncoder same = encoder.append(2, histogram(3, 3, 1, 5, 7));

    assertThat(same).isSameAs(encoder);
    assertThat(encoder.bytes()).isNotSameAs(before);
    HistogramDecoder decoder = new HistogramDecoder();
    decoder.reset(before, 2);
    decoder.next();
    decoder.next();
    assertThat(decoder.histogram().positive().counts()).containsExactly(2, 2, 0, 4);
    decoder.reset(encoder.bytes(), encoder.count());
    decoder.next();
    assertThat(decoder.histogram().positive().counts()).containsExactly(1, 2, 0, 3, 0);
    assertThat(decoder.histogram().resetHint()).isEqualTo(CounterResetHint.UNKNOWN);
    decoder.next();
    decoder.next();
    assertThat(decoder.histogram().positive().counts()).containsExactly(3, 3, 1, 5, 7);
    assertThat(decoder.histogram().resetHint()).isEqualTo(CounterResetHint.NOT_RESET);
  }

  @Test
  void nothingButStaleMarkersFollowsOne() {
    HistogramEncoder encoder = HistogramEncoder.begin(0, histogram(1, 2));
    HistogramEncoder ended = encoder.append(1, Histogram.STALE).append(2, Histogram.STALE);
    assertThat(ended).isSameAs(encoder);
    HistogramEncoder again = ended.append(3, histogram(5, 5));
    assertThat(again).isNotSameAs(encoder);
    assertThat(again.header()).isEqualTo(CounterResetHeader.UNKNOWN);
    assertThat(encoder.count()).isEqualTo(3);
  }

  @Test
  void emptyBucketThatIsGoneIsNoReset() {
    HistogramEncoder encoder = HistogramEncoder.begin(0, histogram(1, 0));
    assertThat(encoder.append(1, histogram(1))).isSameAs(encoder);
    HistogramEncoder reset = encoder.append(2, histogram(0, 5));
    assertThat(reset).isNotSameAs(encoder);
    assertThat(reset.header()).isEqualTo(CounterResetHeader.RESET);
  }

  @Test
  void fullChunkTakesNoMore() {
    HistogramEncoder encoder = HistogramEncoder.begin(0, histogram(1));
    for (int i = 1; i < 0xffff; i++) {
      encoder = encoder.append(i, histogram(1));
    }
    HistogramEncoder full = encoder;
    assertThat(full.count()).isEqualTo(0xffff);
    assertThatThrownBy(() -> full.append(0xffff, histogram(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a chunk holds at most 65535 samples");
  }

  @Test
  void chunkIsReadFromMemory() {
    byte[] chunk = HistogramEncoder.begin(7, histogram(1, 2, 3)).toByteArray();
    HistogramDecoder decoder = new HistogramDecoder();
    try (Block block = new Block(chunk.length, MemoryKind.SCRATCH)) {
      Memory.copy(chunk, 0, block.address(), chunk.length);
      decoder.reset(block.address(), chunk.length);
    }
    decoder.next();
    assertThat(decoder.time()).isEqualTo(7);
    assertThat(decoder.histogram().positive().counts()).containsExactly(1, 2, 3);
  }

  @Test
  void schemaOfNewerVersionIsMadeCoarser() {
    HistogramLayout fine =
        new HistogramLayout(
            10,
            0,
            BucketLayout.of(new Span(1, 3), new Span(1, 2)),
            BucketLayout.EMPTY,
            CustomBounds.NONE);
    HistogramWriter writer = new HistogramWriter(fine, CounterResetHeader.UNKNOWN);
    writer.write(0, 15, 0, 1, new long[] {1, 1, 1, 1, 1}, new long[0]);
    HistogramDecoder decoder = new HistogramDecoder();
    decoder.reset(writer.bytes(), 1);
    decoder.next();
    Histogram read = decoder.histogram();
    assertThat(read.schema()).isEqualTo(HistogramSchema.MAX);
    // 1, 2 and 3 end where 1 ends in the coarser schema; 5 and 6 are in 2.
    assertThat(read.positive())
        .isEqualTo(IntegerBuckets.ofCounts(BucketLayout.of(new Span(1, 2)), 6, 9));
  }

  private static Histogram histogram(long... counts) {
    long count = 0;
    for (long bucket : counts) {
      count += bucket;
    }
    return new Histogram(
        CounterResetHint.UNKNOWN,
        0,
        0.5,
        0,
        count,
        1,
        IntegerBuckets.ofCounts(BucketLayout.of(new Span(0, counts.length)), counts),
        IntegerBuckets.EMPTY,
        CustomBounds.NONE);
  }
}
