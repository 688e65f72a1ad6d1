package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineHashTest {
  @Test
  void dependsOnTheBytesOnlyNotOnWhereTheyStand() {
    Random random = new Random(1);
    for (int length = 0; length < 200; length++) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      byte[] shifted = new byte[length + 13];
      random.nextBytes(shifted);
      System.arraycopy(text, 0, shifted, 5, length);

      assertThat(LineHash.of(shifted, 5, 5 + length)).isEqualTo(LineHash.of(text, 0, length));
    }
  }

  /** Every bit, and the length, changes about half of the hash. */
  @Test
  void eachBitCounts() {
    Random random = new Random(2);
    for (int length : new int[] {1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 157}) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      long hash = LineHash.of(text, 0, length);
      long changed = 0;
      for (int bit = 0; bit < length * 8; bit++) {
        text[bit / 8] ^= (byte) (1 << bit % 8);
        long other = LineHash.of(text, 0, length);
        text[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(Long.bitCount(hash ^ other))
            .as("length %d bit %d", length, bit)
            .isBetween(8, 56);
        changed += Long.bitCount(hash ^ other);
      }
      assertThat((double) changed / (length * 8)).as("length %d", length).isBetween(26.0, 38.0);
    }
  }

  @Test
  void similarTextsHaveDifferentHashes() {
    Map<Long, byte[]> seen = new HashMap<>();
    byte[] text = new byte[100];
    for (int length = 0; length <= 100; length++) {
      see(seen, Arrays.copyOf(text, length));
      for (int i = 0; i < length; i++) {
        for (int j = i; j < length; j += 7) {
          byte[] other = Arrays.copyOf(text, length);
          other[i] = 1;
          other[j] = (byte) (other[j] + 2);
          see(seen, other);
        }
      }
    }
    assertThat(seen.size()).isGreaterThan(20_000);
  }

  /** Series often differ by a few bytes that stand elsewhere. */
  @Test
  void exchangedWordsHaveDifferentHashes() {
    Random random = new Random(4);
    for (int length = 16; length <= 160; length += 8) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      long hash = LineHash.of(text, 0, length);
      for (int i = 0; i < length; i += 8) {
        for (int j = i + 8; j < length; j += 8) {
          byte[] other = text.clone();
          System.arraycopy(text, i, other, j, 8);
          System.arraycopy(text, j, other, i, 8);
          assertThat(LineHash.of(other, 0, length)).as("%d %d %d", length, i, j).isNotEqualTo(hash);
        }
      }
    }
  }

  private static void see(Map<Long, byte[]> seen, byte[] text) {
    byte[] before = seen.put(LineHash.of(text, 0, text.length), text);
    assertThat(before == null || Arrays.equals(before, text)).isTrue();
  }
}
