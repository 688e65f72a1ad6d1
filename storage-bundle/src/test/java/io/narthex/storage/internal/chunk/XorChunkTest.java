package io.narthex.storage.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XorChunkTest {
  private static final long[] SPECIAL = {
    0,
    1L << 63,
    0x7ff0000000000002L,
    0x7ff8000000000001L,
    0x7ff800000000deadL,
    0xfff8000000000000L,
    0x7ff0000000000000L,
    0xfff0000000000000L,
    1,
    0x7fefffffffffffffL
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anySamplesComeBack(int seed) {
    Random random = new Random(seed);
    XorDecoder decoder = new XorDecoder();
    for (int round = 0; round < 400; round++) {
      int n = 1 + random.nextInt(XorEncoder.SAMPLES_PER_CHUNK);
      long[] times = new long[n];
      long[] bits = new long[n];
      fill(random, times, bits);
      XorEncoder encoder = new XorEncoder();
      for (int i = 0; i < n; i++) {
        encoder.append(times[i], Double.longBitsToDouble(bits[i]));
      }
      for (byte[] bytes : new byte[][] {encoder.toByteArray(), encoder.bytes()}) {
        decoder.reset(bytes, n);
        for (int i = 0; i < n; i++) {
          decoder.next();
          assertThat(decoder.time()).isEqualTo(times[i]);
          assertThat(Double.doubleToRawLongBits(decoder.value())).isEqualTo(bits[i]);
        }
        assertThat(decoder.remaining()).isZero();
      }
    }
  }

  private static void fill(Random random, long[] times, long[] bits) {
    int kind = random.nextInt(4);
    long time = random.nextLong();
    for (int i = 0; i < times.length; i++) {
      time += kind == 0 ? 15_000 : random.nextLong() >> random.nextInt(64);
      times[i] = time;
      bits[i] =
          switch (random.nextInt(kind + 1)) {
            case 0 -> i == 0 ? 0 : bits[i - 1];
            case 1 -> Double.doubleToRawLongBits(random.nextInt(1000));
            case 2 -> SPECIAL[random.nextInt(SPECIAL.length)];
            default -> random.nextLong() >> random.nextInt(64);
          };
    }
  }

  @Test
  void readerOfFewerSamplesIsNotDisturbedByLaterOnes() {
    XorEncoder encoder = new XorEncoder();
    Random random = new Random(7);
    XorDecoder decoder = new XorDecoder();
    for (int i = 0; i < 60; i++) {
      encoder.append(i * 1000L, i * 0.1);
    }
    byte[] before = encoder.bytes();
    for (int i = 60; i < 120; i++) {
      encoder.append(random.nextInt(), random.nextDouble());
    }
    decoder.reset(before, 60);
    for (int i = 0; i < 60; i++) {
      decoder.next();
      assertThat(decoder.time()).isEqualTo(i * 1000L);
      assertThat(decoder.value()).isEqualTo(i * 0.1);
    }
  }

  @Test
  void changesOfTheIntervalAtTheBordersOfTheirFormsComeBack() {
    for (int bits : new int[] {14, 17, 20}) {
      for (long dod = (1L << (bits - 1)) - 2; dod <= (1L << (bits - 1)) + 2; dod++) {
        for (long sign = -1; sign <= 1; sign += 2) {
          XorEncoder encoder = new XorEncoder();
          long[] times = {0, 5_000_000, 10_000_000 + sign * dod, 15_000_000 + 3 * sign * dod};
          for (long time : times) {
            encoder.append(time, 1);
          }
          XorDecoder decoder = new XorDecoder();
          decoder.reset(encoder.toByteArray(), times.length);
          for (long time : times) {
            decoder.next();
            assertThat(decoder.time()).as("%d bits, %d", bits, sign * dod).isEqualTo(time);
          }
        }
      }
    }
  }

  @Test
  void headerCountsSamples() {
    XorEncoder encoder = new XorEncoder();
    for (int i = 0; i < 300; i++) {
      encoder.append(i, i);
    }
    assertThat(encoder.toByteArray()).startsWith(1, 300 - 256);
  }
}
