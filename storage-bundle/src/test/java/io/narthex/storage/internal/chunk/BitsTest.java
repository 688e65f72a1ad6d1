package io.narthex.storage.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 5",
    "-3, 5",
    "4, 5",
    "-4, 9",
    "5, 9",
    "32, 9",
    "-31, 9",
    "33, 13",
    "-32, 13",
    "256, 13",
    "-255, 13",
    "257, 17",
    "2048, 17",
    "2049, 24",
    "131072, 24",
    "-131071, 24",
    "-131072, 32",
    "131073, 32",
    "16777216, 32",
    "16777217, 64",
    "36028797018963968, 64",
    "36028797018963969, 72",
    "-36028797018963967, 64",
    "-36028797018963968, 72",
    "9223372036854775807, 72",
    "-9223372036854775808, 72"
  })
  void signedNumbersTakeAsManyBitsAsUpstreams(long value, int bits) {
    BitWriter out = new BitWriter(0);
    out.writeSigned(value);
    BitReader in = new BitReader();
    in.reset(out.bytes(), 0, out.bytes().length);
    long all = in.remaining();
    assertThat(in.readSigned()).isEqualTo(value);
    assertThat(all - in.remaining()).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 5",
    "7, 5",
    "8, 9",
    "63, 9",
    "64, 13",
    "511, 13",
    "512, 17",
    "4095, 17",
    "4096, 24",
    "262143, 24",
    "262144, 32",
    "33554431, 32",
    "33554432, 64",
    "72057594037927935, 64",
    "72057594037927936, 72",
    "-1, 72"
  })
  void unsignedNumbersTakeAsManyBitsAsUpstreams(long value, int bits) {
    BitWriter out = new BitWriter(0);
    out.writeUnsigned(value);
    BitReader in = new BitReader();
    in.reset(out.bytes(), 0, out.bytes().length);
    long all = in.remaining();
    assertThat(in.readUnsigned()).isEqualTo(value);
    assertThat(all - in.remaining()).isEqualTo(bits);
  }

  @Test
  void anyNumbersComeBack() {
    Random random = new Random(3);
    LongUnaryOperator some = i -> random.nextLong() >> random.nextInt(64);
    for (int round = 0; round < 200; round++) {
      long[] values = new long[200];
      int[] widths = new int[values.length];
      BitWriter out = new BitWriter(3);
      for (int i = 0; i < values.length; i++) {
        widths[i] = random.nextInt(67);
        values[i] = some.applyAsLong(i);
        switch (widths[i]) {
          case 0, 65 -> out.writeSigned(values[i]);
          case 66 -> out.writeUnsigned(values[i]);
          default -> out.write(values[i], widths[i]);
        }
      }
      BitReader in = new BitReader();
      byte[] bytes = out.toByteArray();
      in.reset(bytes, 3, bytes.length);
      for (int i = 0; i < values.length; i++) {
        int width = widths[i];
        switch (width) {
          case 0, 65 -> assertThat(in.readSigned()).isEqualTo(values[i]);
          case 66 -> assertThat(in.readUnsigned()).isEqualTo(values[i]);
          default -> assertThat(in.read(width)).isEqualTo(values[i] << 64 - width >>> 64 - width);
        }
      }
      assertThat(in.remaining()).isLessThan(8);
    }
  }
}
