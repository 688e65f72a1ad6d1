package io.narthex.remote.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnappyBlockTest {
  private static final String CORRUPT = "snappy: corrupt input: the block is wrong: ";

  private final SnappyBlock block = new SnappyBlock();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it ends within its declared length, after 0 bytes",
        "ff | it ends within its declared length, after 1 bytes",
        "ffffffffff01 | its declared length takes more than 5 bytes",
        "05 | it declares 5 bytes, more than its 0 bytes can hold",
        // 32 MiB from nothing: refused before anything is allocated.
        "8080801000 | it declares 33554432 bytes, more than its 1 bytes can hold",
        "0461616161 | it does not decompress to the 4 bytes that it declares",
        // A copy from before the first byte.
        "0401010101 | it does not decompress to the 4 bytes that it declares",
        // Two literal bytes where three are declared.
        "03046161 | it declares 3 bytes and holds 2",
        "0208616161 | it does not decompress to the 2 bytes that it declares",
      })
  void saysWhatIsCorrupt(String hex, String why) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> block.decode(bytes, bytes.length))
        .isInstanceOf(RefusedRequestException.class)
        .hasMessage(CORRUPT + why);
  }

  @ParameterizedTest
  @CsvSource({"8180801000", "ffffffff0f00"})
  void refusesToGrowAboveTheLimit(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> block.decode(bytes, bytes.length))
        .hasMessage("decoded size exceeds the 33554432 bytes limit");
  }

  @Test
  void takesTheLargestAndGivesItsMemoryBack() throws Exception {
    byte[] block32 = Message.snappy(new byte[SnappyBlock.MAX_DECODED]);
    block.decode(block32, block32.length);
    assertThat(block.length()).isEqualTo(SnappyBlock.MAX_DECODED);
    block.trim();
    assertThat(block.array()).isEmpty();
  }

  @Test
  void readsWhatAnotherSnappyWrote() throws Exception {
    Random random = new Random(71);
    for (int run = 0; run < 3000; run++) {
      byte[] bytes = text(random);
      byte[] compressed = Message.snappy(bytes);
      block.decode(compressed, compressed.length);
      assertThat(Arrays.copyOf(block.array(), block.length())).isEqualTo(bytes);
      block.trim();
    }
  }

  @Test
  void agreesWithAnotherSnappyAboutDamagedBlocks() {
    SnappyJavaDecompressor other = new SnappyJavaDecompressor();
    Random random = new Random(72);
    int accepted = 0;
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes = damage(Message.snappy(text(random)), random);
      byte[] ours = decode(bytes);
      if (ours != null) {
        accepted++;
        byte[] theirs = new byte[ours.length];
        assertThat(other.decompress(bytes, 0, bytes.length, theirs, 0, theirs.length))
            .isEqualTo(ours.length);
        assertThat(ours).isEqualTo(theirs);
      }
    }
    assertThat(accepted).isBetween(1000, 19_000);
  }

  private byte[] decode(byte[] bytes) {
    try {
      block.decode(bytes, bytes.length);
      return Arrays.copyOf(block.array(), block.length());
    } catch (RefusedRequestException e) {
      assertThat(e.text()).containsAnyOf(CORRUPT, "decoded size exceeds");
      return null;
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = random.nextInt(4) == 0 ? shorter(bytes, random) : bytes;
    for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    return damaged;
  }

  private static byte[] shorter(byte[] bytes, Random random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private static byte[] text(Random random) {
    byte[] bytes = new byte[random.nextInt(600)];
    for (int i = 0; i < bytes.length; i++) {
      boolean repeat = i > 8 && random.nextInt(4) > 0;
      bytes[i] = repeat ? bytes[i - 7] : (byte) random.nextInt(16);
    }
    return bytes;
  }
}
