package io.narthex.storage.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Chunks as upstream's own code wrote them, in {@code upstream-xor-chunks.txt}: a seed and the
 * bytes in hex. The samples follow from the seed: splitmix64 drives one of six kinds of series, the
 * same here as in the program that wrote the file.
 */
class UpstreamChunkTest {
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

  @Test
  void bytesAreUpstreams() {
    try (Stream<String> lines = lines()) {
      long checked =
          lines
              .peek(
                  line -> {
                    int space = line.indexOf(' ');
                    long seed = Long.parseLong(line.substring(0, space));
                    String ours = HexFormat.of().formatHex(encode(seed));
                    assertThat(ours).as("seed %d", seed).isEqualTo(line.substring(space + 1));
                  })
              .toList()
              .size();
      assertThat(checked).isEqualTo(60);
    }
  }

  private static byte[] encode(long seed) {
    SplitMix random = new SplitMix(seed);
    XorEncoder encoder = new XorEncoder();
    int n = random.below(140) + 1;
    long time = 1_700_000_000_000L;
    long bits = 0;
    for (int i = 0; i < n; i++) {
      switch ((int) (seed % 6)) {
        case 0 -> {
          time += 15_000;
          bits = Double.doubleToRawLongBits(random.below(5));
        }
        case 1 -> {
          time += 15_000 + random.below(7) - 3;
          bits = Double.doubleToRawLongBits(i * 1.5);
        }
        case 2 -> {
          time += random.below(3_000_000);
          bits = random.next();
        }
        case 3 -> {
          time += random.next() >>> random.below(63);
          bits = SPECIAL[random.below(SPECIAL.length)];
        }
        case 4 -> {
          time += 1000 + (i % 17 == 0 ? 1L << random.below(40) : 0);
          bits ^= random.next() >>> random.below(64);
        }
        default -> {
          time = random.next();
          bits = SPECIAL[random.below(SPECIAL.length)] ^ random.below(16);
        }
      }
      encoder.append(time, Double.longBitsToDouble(bits));
    }
    return encoder.toByteArray();
  }

  private static Stream<String> lines() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                UpstreamChunkTest.class.getResourceAsStream("upstream-xor-chunks.txt"),
                StandardCharsets.US_ASCII))) {
      return in.lines().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class SplitMix {
    private long state;

    SplitMix(long seed) {
      state = seed;
    }

    long next() {
      state += 0x9e3779b97f4a7c15L;
      long z = state;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return z ^ (z >>> 31);
    }

    int below(int n) {
      return (int) Long.remainderUnsigned(next(), n);
    }
  }
}
