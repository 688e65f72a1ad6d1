package io.narthex.scrape.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DecompressionTest {
  private static final int LIMIT = 1 << 20;

  private final Decompression decompression = new Decompression();

  @Test
  void inflatesWhatWasCompressedAgainAndAgain() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      byte[] text = new byte[random.nextInt(100_000)];
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) ('a' + random.nextInt(1 + round % 26));
      }
      assertThat(inflate(gzip(text), LIMIT)).isEqualTo(text);
    }
  }

  @Test
  void readsOneMemberAfterTheOther() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(gzip("one ".getBytes(StandardCharsets.US_ASCII)));
    both.writeBytes(gzip("two".getBytes(StandardCharsets.US_ASCII)));
    assertThat(new String(inflate(both.toByteArray(), LIMIT), StandardCharsets.US_ASCII))
        .isEqualTo("one two");
  }

  @Test
  void skipsWhatAHeaderMayHold() throws Exception {
    byte[] plain = gzip("text".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.write(plain, 0, 3);
    full.write(2 | 4 | 8 | 16);
    full.write(plain, 4, 6);
    full.writeBytes(new byte[] {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'c', 0});
    CRC32 sum = new CRC32();
    sum.update(full.toByteArray());
    full.write((int) sum.getValue());
    full.write((int) sum.getValue() >> 8);
    full.write(plain, 10, plain.length - 10);
    assertThat(new String(inflate(full.toByteArray(), LIMIT), StandardCharsets.US_ASCII))
        .isEqualTo("text");
  }

  @Test
  void refusesWhatIsTooLargeAndGoesOnWithTheNext() throws Exception {
    byte[] text = new byte[LIMIT];
    assertThat(inflate(gzip(text), LIMIT)).hasSize(LIMIT);
    assertThatThrownBy(() -> inflate(gzip(text), LIMIT - 1))
        .isInstanceOf(FetchException.class)
        .hasMessage("body size limit exceeded");
    assertThat(inflate(gzip(new byte[7]), LIMIT)).hasSize(7);
  }

  @Test
  void saysWhatIsWrongInGosWords() throws Exception {
    byte[] good = gzip("some text that is long enough".getBytes(StandardCharsets.US_ASCII));
    for (int length = 1; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> inflate(cut, LIMIT)).hasMessage("unexpected EOF");
    }
    assertThatThrownBy(() -> inflate(new byte[0], LIMIT)).hasMessage("EOF");
    assertThatThrownBy(() -> inflate("this is no gzip".getBytes(StandardCharsets.US_ASCII), LIMIT))
        .hasMessage("gzip: invalid header");
    byte[] wrongSum = good.clone();
    wrongSum[good.length - 5] ^= 1;
    assertThatThrownBy(() -> inflate(wrongSum, LIMIT)).hasMessage("gzip: invalid checksum");
    ByteArrayOutputStream trailing = new ByteArrayOutputStream();
    trailing.writeBytes(good);
    trailing.writeBytes("0123456789".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> inflate(trailing.toByteArray(), LIMIT))
        .hasMessage("gzip: invalid header");
  }

  @Test
  void damageIsNeverMoreThanAnError() throws Exception {
    Random random = new Random(5);
    byte[] good = gzip(new byte[5000]);
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        inflate(damaged, LIMIT);
      } catch (FetchException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2000);
  }

  private byte[] inflate(byte[] compressed, int limit) throws FetchException {
    ByteSink in = new ByteSink(LIMIT * 2);
    in.reserve(compressed.length);
    System.arraycopy(compressed, 0, in.array(), 0, compressed.length);
    in.advance(compressed.length);
    ByteSink out = new ByteSink(limit);
    decompression.inflate(in, out);
    return Arrays.copyOf(out.array(), out.length());
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    }
    return bytes.toByteArray();
  }
}
