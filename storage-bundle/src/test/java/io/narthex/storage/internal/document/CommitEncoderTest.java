package io.narthex.storage.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitEncoderTest {
  private final List<byte[]> parts = new ArrayList<>();

  private record Event(int ref, long time, long bits, Labels labels) {}

  /** Decodes with bases of its own, as a replay does. */
  private static final class Collector implements DocumentDecoder.PartHandler {
    final List<Event> events = new ArrayList<>();
    final Map<Integer, Long> last = new HashMap<>();

    @Override
    public void define(int ref, Labels labels) {
      events.add(new Event(ref, 0, 0, labels));
      last.put(ref, 0L);
    }

    @Override
    public long base(int ref) {
      if (!last.containsKey(ref)) {
        throw new BadDocumentException("reference %d is not defined".formatted(ref));
      }
      return last.get(ref);
    }

    @Override
    public void sample(int ref, long time, long bits) {
      events.add(new Event(ref, time, bits, Labels.EMPTY));
      last.put(ref, bits);
    }
  }

  private CommitEncoder encoder(int limit) {
    return new CommitEncoder(
        limit, (bytes, length, last) -> parts.add(Arrays.copyOf(bytes, length)));
  }

  @Test
  void bytesAreAsTheFormatSays() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(5);
    encoder.define(Labels.of("a", "é"));
    encoder.sample(5, 1000, Double.doubleToRawLongBits(1.0), 0);
    encoder.sample(2, 999, 7, 7);
    encoder.finish();

    assertThat(parts).hasSize(1);
    assertThat(HexFormat.ofDelimiter(" ").formatHex(parts.getFirst()))
        .isEqualTo(
            "03 00 05 01 " // last part, number 0, first reference 5, one definition
                + "01 01 61 02 c3 a9 " // one label: a, é
                + "d0 0f 02 " // base time 1000, two samples
                + "14 62 f0 3f " // gap 5 from -1, same time; six zero bytes, then 2 bytes of 1.0
                + "0f 01 00"); // gap -4, other time: 1 earlier; unchanged
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void anyCommitsComeBack(int seed) {
    Random random = new Random(seed);
    CommitEncoder encoder = encoder(seed % 2 == 0 ? 1 << 20 : 300);
    Collector collector = new Collector();
    Map<Integer, Long> bases = new HashMap<>();
    int refs = 0;
    for (int commit = 0; commit < 200; commit++) {
      parts.clear();
      collector.events.clear();
      List<Event> definitions = new ArrayList<>();
      List<Event> samples = new ArrayList<>();
      encoder.begin(refs);
      long time = random.nextLong() >> random.nextInt(40);
      int n = random.nextInt(60);
      for (int i = 0; i < n; i++) {
        int ref = refs == 0 || random.nextInt(4) == 0 ? refs : random.nextInt(refs);
        if (ref == refs) {
          Labels labels =
              Labels.of("n", "v" + refs, "x" + random.nextInt(3), "ü" + random.nextInt());
          encoder.define(labels);
          definitions.add(new Event(ref, 0, 0, labels));
          bases.put(refs++, 0L);
        }
        long t = random.nextBoolean() ? time : time + (random.nextLong() >> random.nextInt(64));
        long bits =
            random.nextInt(3) == 0 ? bases.get(ref) : random.nextLong() << random.nextInt(64);
        encoder.sample(ref, t, bits, bases.get(ref));
        bases.put(ref, bits);
        samples.add(new Event(ref, t, bits, Labels.EMPTY));
      }
      encoder.finish();
      for (int i = 0; i < parts.size(); i++) {
        assertThat(DocumentDecoder.kind(parts.get(i), parts.get(i).length))
            .isEqualTo(new DocumentDecoder.Kind.Part(i, i == parts.size() - 1));
        DocumentDecoder.decodePart(parts.get(i), parts.get(i).length, collector);
      }
      assertThat(collector.events.stream().filter(e -> !e.labels().isEmpty()))
          .containsExactlyElementsOf(definitions);
      assertThat(collector.events.stream().filter(e -> e.labels().isEmpty()))
          .containsExactlyElementsOf(samples);
    }
  }

  @Test
  void segmentStartComesBack() {
    byte[] bytes = SegmentStart.of(300).encode();

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("014e54585301000000ac02");
    assertThat(DocumentDecoder.kind(bytes, bytes.length))
        .isEqualTo(new DocumentDecoder.Kind.Segment(new SegmentStart(1, 0, 0, 0, 300)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; the document ends within a value",
        "09; a document of the unknown kind 9",
        "014e545859; a segment does not begin with NTXS",
        "0300; the document ends within a value",
        "030000ff01; 255 definitions in 0 bytes",
        "03000001 01 00 0162; the label \"\" is empty or given twice",
        "03000000 00 05; 5 samples in 0 bytes",
        "03000000 00 01 04 00; reference 1 is not defined",
        "03000000 00 01 02 00; the reference -1 is out of range",
        "03000001 010161 0162 00 01 00 00 77; 1 bytes follow the last sample",
        "03000001 010161 0162 00 01 00 79; a value begins with the byte 0x79",
        "03000001 010161 0162 00 01 00 08 01; the document ends within a value",
        "0300ffffffff0f 00 00 00; the reference 4294967295 is too large",
        "03 ffffffffffffffffffff01; a number is longer than 64 bits"
      })
  void badDocumentIsRefused(String hex, String message) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatThrownBy(
            () -> {
              DocumentDecoder.kind(bytes, bytes.length);
              DocumentDecoder.decodePart(bytes, bytes.length, new Collector());
            })
        .isInstanceOf(BadDocumentException.class)
        .hasMessage(message);
  }

  @Test
  void damagedDocumentIsRefusedOrReadButNeverAnythingElse() {
    Random random = new Random(11);
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    for (int i = 0; i < 20; i++) {
      encoder.define(Labels.of("name", "value" + i));
      encoder.sample(i, 1000 + i, random.nextLong(), 0);
    }
    encoder.finish();
    byte[] good = parts.getFirst();
    for (int round = 0; round < 20_000; round++) {
      byte[] bad =
          Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length) : good.length);
      for (int flips = random.nextInt(3); flips >= 0 && bad.length > 0; flips--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        DocumentDecoder.kind(bad, bad.length);
        DocumentDecoder.decodePart(bad, bad.length, new Collector());
      } catch (BadDocumentException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }
}
