package io.narthex.storage.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.CustomBounds;
import io.narthex.api.model.histogram.FloatBuckets;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.api.model.histogram.IntegerBuckets;
import io.narthex.api.model.histogram.Span;
import io.narthex.storage.internal.document.CollectedCommit.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramRecordTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final IntegerBuckets POSITIVE =
      IntegerBuckets.ofCounts(BucketLayout.of(new Span(-2, 2), new Span(1, 1)), 5, 3, 3);

  private final List<byte[]> parts = new ArrayList<>();
  private final CommitEncoder encoder = encoder(1 << 20);

  private CommitEncoder encoder(int limit) {
    return new CommitEncoder(
        limit, (bytes, length, last) -> parts.add(Arrays.copyOf(bytes, length)));
  }

  private List<String> hexes() {
    return parts.stream().map(HEX::formatHex).toList();
  }

  private static Histogram whole(CounterResetHint hint, double sum) {
    return new Histogram(
        hint, 3, 0.5, 1, 12, sum, POSITIVE, IntegerBuckets.EMPTY, CustomBounds.NONE);
  }

  private static final FloatHistogram CUSTOM =
      new FloatHistogram(
          CounterResetHint.UNKNOWN,
          HistogramSchema.CUSTOM,
          0,
          0,
          2.5,
          1,
          new FloatBuckets(BucketLayout.of(new Span(0, 3)), new double[] {1, 1, 0.5}),
          FloatBuckets.EMPTY,
          CustomBounds.of(0.5, 2));

  @Test
  void bytesAreAsTheFormatSays() {
    encoder.begin(2);
    encoder.define(Labels.of("a", "b"));
    encoder.histogram(2, 1000, whole(CounterResetHint.RESET, 2), false);
    encoder.histogram(3, 1001, whole(CounterResetHint.GAUGE, 0), false);
    encoder.histogram(1, 1000, Histogram.STALE, false);
    encoder.histogram(2, 1000, CUSTOM, false);
    encoder.histogram(3, 1000, FloatHistogram.STALE, true);
    encoder.sample(3, 1000, 0x11, 0, true);
    encoder.sample(3, 1000, 0x11, 0, false);
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 d0 0f "
                + "01 02 01 01 00 01 61 00 01 62 "
                + "06 04 " // four histograms
                + "44 00 " // two on, a reset, whole numbers, at the base time; a shape follows
                + "06 62 e0 3f " // schema 3, the zero bucket ends at 0.5
                + "02 03 02 02 01 00 " // two spans: -2:2 and 1:1; no negative ones
                + "0c 01 71 40 0a 03 00 " // count 12, zero count 1, sum 2; 5, 2 less, as many
                + "0d 02 02 0c 01 00 0a 03 00 " // the next, a gauge, 1 later, of shape 1; sum 0
                + "50 01 " // three back from what would be next: a stale marker
                + "02 00 69 00 01 00 03 00 02 62 e0 3f 62 e0 7f " // float counts, custom bounds
                + "62 04 40 00 62 f0 3f 62 f0 3f 00 61 10 " // count 2.5, sum 1; 1, 1, 0.5
                + "08 01 62 01 " // late: a stale marker of float counts
                + "07 01 0c 01 11 " // late: a float
                + "04 01 0c 01 11"); // a float
    assertThat(decoded())
        .containsExactly(
            new Event.Definition(2, Labels.of("a", "b")),
            new Event.Distribution(2, 1000, whole(CounterResetHint.RESET, 2), false),
            new Event.Distribution(3, 1001, whole(CounterResetHint.GAUGE, 0), false),
            new Event.Distribution(1, 1000, Histogram.STALE, false),
            new Event.Distribution(2, 1000, CUSTOM, false),
            new Event.Distribution(3, 1000, FloatHistogram.STALE, true),
            new Event.LateSample(3, 1000, 0x11),
            new Event.Sample(3, 1000, 0));
  }

  private List<Event> decoded() {
    CollectedCommit commit = new CollectedCommit();
    for (int ref = 0; ref < 20; ref++) {
      commit.define(ref, Labels.EMPTY);
    }
    commit.events.clear();
    for (byte[] part : parts) {
      DocumentDecoder.decodePart(SegmentStart.MAJOR, part, part.length, commit);
    }
    return commit.events;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "06 01 00 00 12 00 00 00 00 00 00; 'a histogram is wrong: schema 9'",
        "06 01 00 00 00 00 01 00 ff ff ff ff 0f 00; '4294967295 buckets'",
        "06 01 00 02; 'shape 1 of the 0'",
        "06 01 00 00 00 00 09; '9 spans'",
        "06 01 00 00 00 00 02 00 01 01 01 00 00 00 00; 'a histogram is wrong: span 2'",
        "06 01 00 00 69 00 00 00 02 62 e0 3f 00; 'a histogram is wrong: custom bound 2'",
        "06 01 00 00 00 00 00 00 01; 'ends within'",
        "0f; 'unknown kind 15'"
      })
  void badBytesAreRefused(String hex, String message) {
    byte[] part = HEX.parseHex("03 00 00 " + hex);
    CollectedCommit commit = new CollectedCommit();
    commit.define(0, Labels.EMPTY);
    assertThatThrownBy(
            () -> DocumentDecoder.decodePart(SegmentStart.MAJOR, part, part.length, commit))
        .isInstanceOf(BadDocumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void anyHistogramsComeBackAmongFloats(int seed) {
    Random random = new Random(seed);
    CommitEncoder small = encoder(seed % 2 == 0 ? 1 << 20 : 100);
    List<RandomHistograms> sources = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sources.add(new RandomHistograms(random));
    }
    for (int commit = 0; commit < 200; commit++) {
      parts.clear();
      List<Event> expected = new ArrayList<>();
      small.begin(20);
      long base = random.nextLong() >> random.nextInt(60);
      for (int i = random.nextInt(30); i >= 0; i--) {
        int ref = random.nextInt(20);
        long time = base + random.nextInt(3);
        boolean isLate = random.nextInt(4) == 0;
        if (random.nextInt(4) == 0) {
          long bits = random.nextLong();
          small.sample(ref, time, bits, 0, isLate);
          expected.add(
              isLate ? new Event.LateSample(ref, time, bits) : new Event.Sample(ref, time, bits));
        } else {
          Event.Distribution event =
              new Event.Distribution(ref, time, sources.get(ref).next(), isLate);
          small.histogram(ref, time, event.histogram(), isLate);
          expected.add(event);
        }
      }
      small.finish();
      assertThat(decodedWithoutBases()).isEqualTo(expected);
    }
  }

  /** The bases of floats are left out: each is written against 0. */
  private List<Event> decodedWithoutBases() {
    CollectedCommit commit =
        new CollectedCommit() {
          @Override
          public long base(int ref) {
            return 0;
          }
        };
    for (byte[] part : parts) {
      DocumentDecoder.decodePart(SegmentStart.MAJOR, part, part.length, commit);
    }
    return commit.events;
  }

  @Test
  void damagedBytesDecodeOrAreRefused() {
    Random random = new Random(7);
    RandomHistograms source = new RandomHistograms(random);
    encoder.begin(20);
    for (int i = 0; i < 10; i++) {
      encoder.histogram(i, i, source.next(), false);
    }
    encoder.finish();
    byte[] good = parts.getFirst();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bad[3 + random.nextInt(bad.length - 3)] = (byte) random.nextInt();
      }
      parts.set(0, bad);
      try {
        decoded();
      } catch (BadDocumentException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(5000, 19_999);
  }
}
