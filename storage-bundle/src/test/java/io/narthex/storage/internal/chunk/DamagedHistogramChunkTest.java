package io.narthex.storage.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.histogram.HistogramSchema;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, a decoder reads them or says what is wrong. */
class DamagedHistogramChunkTest {
  private static final int ROUNDS = 20_000;

  private final HistogramDecoder decoder = new HistogramDecoder();
  private final FloatHistogramDecoder floatDecoder = new FloatHistogramDecoder();
  private int read;
  private int refused;

  @Test
  void damagedBytesAreReadOrRefused() {
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] chunk = chunk(random, round % 2 == 1);
      int from = random.nextInt(4);
      byte[] array = new byte[from + chunk.length + random.nextInt(4)];
      System.arraycopy(chunk, 0, array, from, chunk.length);
      int to = from + chunk.length;
      switch (random.nextInt(3)) {
        case 0 -> to -= random.nextInt(chunk.length);
        case 1 -> {
          for (int flips = random.nextInt(4); flips >= 0; flips--) {
            array[from + random.nextInt(chunk.length)] ^= (byte) (1 << random.nextInt(8));
          }
        }
        default -> {
          int begin = from + random.nextInt(chunk.length);
          for (int i = begin; i < to; i++) {
            array[i] = (byte) random.nextInt(256);
          }
        }
      }
      readAll(array, from, to, round % 2 == 1);
    }
    assertThat(refused).isGreaterThan(ROUNDS / 10);
    assertThat(read).isGreaterThan(ROUNDS / 10);
  }

  private static byte[] chunk(Random random, boolean isFloat) {
    HistogramSeries series = new HistogramSeries(random.nextLong());
    series.step();
    int more = random.nextInt(12);
    if (isFloat) {
      FloatHistogramEncoder encoder =
          FloatHistogramEncoder.begin(series.time(), series.floatHistogram(false));
      for (int i = 0; i < more; i++) {
        series.step();
        encoder = encoder.append(series.time(), series.floatHistogram(series.isStaleNext()));
      }
      return encoder.toByteArray();
    }
    HistogramEncoder encoder = HistogramEncoder.begin(series.time(), series.histogram(false));
    for (int i = 0; i < more; i++) {
      series.step();
      encoder = encoder.append(series.time(), series.histogram(series.isStaleNext()));
    }
    return encoder.toByteArray();
  }

  private void readAll(byte[] array, int from, int to, boolean isFloat) {
    try {
      if (isFloat) {
        floatDecoder.reset(array, from, to);
        while (floatDecoder.remaining() > 0) {
          floatDecoder.next();
          floatDecoder.histogram();
        }
      } else {
        decoder.reset(array, from, to);
        while (decoder.remaining() > 0) {
          decoder.next();
          decoder.histogram();
        }
      }
      read++;
    } catch (BadChunkException e) {
      assertThat(e).hasMessageMatching(".*[a-z0-9)].*");
      refused++;
    }
  }

  @Test
  void messagesSayWhatIsWrong() {
    refuses("a chunk of histograms has a header of 3 bytes, got 2 bytes", new byte[] {0, 1});
    refuses("the chunk ends after 24 bits, in the midst of a number of 8 bits that begins at 24");
    refuses(
        "histograms of schema 53; known are -9 to 52, and -53 for custom bounds",
        out -> out.writeSigned(53));
    refuses(
        "4000000000 spans, for which the 7 bits that are left have no room",
        out -> {
          out.writeSigned(0);
          out.writeUnsigned(4_000_000_000L);
        });
    refuses(
        "a span of 4294967295 buckets after a gap of 0; both are numbers of 32 bits",
        out -> {
          out.writeSigned(0);
          out.writeUnsigned(1);
          out.writeUnsigned(0xffff_ffffL);
          out.writeSigned(0);
        });
    refuses(
        "1000000 buckets, for which the 0 bits that are left have no room",
        out -> {
          out.writeSigned(0);
          out.writeUnsigned(1);
          out.writeUnsigned(1_000_000);
          out.writeSigned(0);
          out.writeUnsigned(0);
        });
    refuses(
        "the layout of the histograms is wrong: custom bound 2 of 2 is 1.0 after 1.0;"
            + " each must be greater than the one before",
        out -> {
          out.writeSigned(HistogramSchema.CUSTOM);
          out.writeUnsigned(0);
          out.writeUnsigned(0);
          out.writeUnsigned(2);
          out.writeUnsigned(1001);
          out.writeUnsigned(1001);
        });
    refuses(
        "the layout of the histograms is wrong: span 2 of 2 has the offset -1;"
            + " after the first span an offset is 0 or more",
        out -> {
          out.writeSigned(0);
          out.writeUnsigned(2);
          out.writeUnsigned(1);
          out.writeSigned(0);
          out.writeUnsigned(1);
          out.writeSigned(-1);
          out.writeUnsigned(0);
        });
  }

  /** After the header and a zero threshold of 0. */
  private void refuses(String message, Consumer<BitWriter> content) {
    BitWriter out = new BitWriter(3);
    out.write(0, 8);
    content.accept(out);
    byte[] chunk = out.toByteArray();
    chunk[1] = 1;
    refuses(message, chunk);
  }

  private void refuses(String message) {
    refuses(message, new byte[] {0, 1, 0});
  }

  private void refuses(String message, byte[] chunk) {
    assertThatThrownBy(
            () -> {
              decoder.reset(Arrays.copyOf(chunk, chunk.length), 0, chunk.length);
              decoder.next();
            })
        .isInstanceOf(BadChunkException.class)
        .hasMessage(message);
  }
}
