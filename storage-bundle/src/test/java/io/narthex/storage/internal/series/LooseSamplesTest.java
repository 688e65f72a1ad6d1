package io.narthex.storage.internal.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.storage.internal.chunk.ChunkReader;
import io.narthex.storage.internal.document.RandomHistograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LooseSamplesTest {
  private static final long NO_READER = Long.MAX_VALUE;

  private final ChunkReader reader = new ChunkReader();

  /** What a reader saw when it opened, and what it has to see ever after. */
  private record Open(long mark, List<String> inOrder, List<String> late) {}

  private List<String> read(Chunk[] chunks) {
    List<String> texts = new ArrayList<>();
    for (Chunk chunk : chunks) {
      chunk.readBy(reader);
      while (reader.remaining() > 0) {
        reader.next();
        texts.add(
            reader.time()
                + " "
                + (reader.hasFloats()
                    ? Long.toHexString(Double.doubleToRawLongBits(reader.value()))
                    : "h" + reader.histogram().sum()));
      }
    }
    return texts;
  }

  private List<String> inOrder(LooseSamples samples, long mark) {
    return read(samples.chunks(mark, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private List<String> late(LooseSamples samples, long mark) {
    return read(samples.lateChunks(mark, Long.MIN_VALUE, Long.MAX_VALUE)).stream()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void readersSeeWhatWasThereAndARestoredOneGoesOn(int seed) {
    Random random = new Random(seed);
    RandomHistograms histograms = new RandomHistograms(random);
    LooseSamples samples = new LooseSamples();
    List<Open> open = new ArrayList<>();
    List<String> model = new ArrayList<>();
    List<String> latest = new ArrayList<>();
    long time = -5_000;
    for (long commit = 1; commit < 1500; commit++) {
      long oldest = open.stream().mapToLong(Open::mark).min().orElse(NO_READER);
      time += 1 + random.nextInt(100);
      NativeHistogram histogram = random.nextInt(100) < 40 ? histograms.next() : null;
      long bits = random.nextLong();
      String value =
          histogram == null
              ? " " + Long.toHexString(Double.doubleToRawLongBits(Double.longBitsToDouble(bits)))
              : " h" + histogram.sum();
      if (random.nextInt(3) > 0 || model.isEmpty()) {
        if (histogram == null) {
          samples.append(time, bits, commit, oldest);
        } else {
          samples.append(time, histogram, commit, oldest);
        }
        model.add(time + value);
      } else {
        long before = time - 1 - random.nextInt(3000);
        long grown = samples.insert(before, bits, histogram, commit, oldest);
        if (grown != LateSamples.NOT_INSERTED) {
          latest.add(before + value);
        }
      }
      if (random.nextInt(20) == 0) {
        open.add(new Open(commit, List.copyOf(model), latest.stream().sorted().toList()));
      }
      if (random.nextInt(15) == 0 && !open.isEmpty()) {
        Open closed = open.remove(random.nextInt(open.size()));
        assertThat(inOrder(samples, closed.mark())).isEqualTo(closed.inOrder());
        assertThat(late(samples, closed.mark())).isEqualTo(closed.late());
      }
      if (random.nextInt(100) == 0) {
        open.clear();
        LooseSamples restored = LooseSamples.restore(samples.save());
        assertThat(restored.lastTime()).isEqualTo(samples.lastTime());
        assertThat(restored.check(time, samples.lastBits(), samples.lastHistogram()))
            .isEqualTo(samples.check(time, samples.lastBits(), samples.lastHistogram()));
        assertThat(restored.newestTime()).isEqualTo(samples.newestTime());
        assertThat(restored.firstTime()).isEqualTo(samples.firstTime());
        assertThat(restored.chunkCount()).isEqualTo(samples.chunkCount());
        samples = restored;
      }
    }
    assertThat(inOrder(samples, Long.MAX_VALUE)).isEqualTo(model);
    assertThat(late(samples, Long.MAX_VALUE)).isEqualTo(latest.stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whatItGrowsByIsWhatItTakesAndWhatBecomesFree(int seed) {
    Random random = new Random(seed);
    RandomHistograms histograms = new RandomHistograms(random);
    LooseSamples samples = new LooseSamples();
    long bytes = samples.bytes();
    for (int time = 0; time < 2000; time++) {
      boolean isFloat = random.nextInt(50) > 0;
      bytes +=
          switch (random.nextInt(4)) {
            case 0 ->
                Math.max(
                    0,
                    samples.insert(
                        time - random.nextInt(500), 1, isFloat ? null : histograms.next(), 1, 9));
            case 1 -> samples.append(time, histograms.next(), 1, NO_READER);
            default -> samples.append(time, random.nextInt(4), 1, NO_READER);
          };
      if (random.nextInt(300) == 0) {
        bytes -= samples.dropChunksBefore(time - 200);
      }
      if (random.nextInt(700) == 0) {
        bytes -= samples.keepNewest();
      }
      assertThat(samples.bytes()).isEqualTo(bytes);
    }
    assertThat(samples.clear()).isEqualTo(bytes - LooseSamples.BYTES);
  }

  @Test
  void aLateSampleIsDroppedWhereOneOfItsTimeIsAmongTheLatest() {
    LooseSamples samples = new LooseSamples();
    samples.append(1000, 1, 1, NO_READER);
    for (int i = 0; i < LateSamples.CAPACITY; i++) {
      assertThat(samples.insert(i, i, null, 1, NO_READER)).isNotNegative();
    }
    assertThat(samples.chunkCount()).isEqualTo(2);
    assertThat(samples.insert(5, 7, null, 1, NO_READER)).isNotNegative();
    assertThat(samples.insert(5, 8, null, 1, NO_READER)).isEqualTo(LateSamples.NOT_INSERTED);
    assertThat(samples.save().late()).hasSize(1);
    assertThat(samples.save().lateOpen()).hasSize(1);
    LooseSamples restored = LooseSamples.restore(samples.save());
    assertThat(restored.insert(5, 8, null, 1, NO_READER)).isEqualTo(LateSamples.NOT_INSERTED);
  }
}
