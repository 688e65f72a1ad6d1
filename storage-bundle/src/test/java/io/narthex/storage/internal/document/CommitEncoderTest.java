package io.narthex.storage.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
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
    final List<Referred> exemplars = new ArrayList<>();
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

    @Override
    public void exemplar(int ref, Exemplar exemplar) {
      base(ref);
      exemplars.add(new Referred(ref, exemplar));
    }
  }

  private record Referred(int ref, Exemplar exemplar) {}

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

  @Test
  void bytesOfExemplarsAreAsTheFormatSays() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "b"));
    encoder.exemplar(0, new Exemplar(Labels.of("t", "1"), 1.0, 1000));
    encoder.exemplar(200, new Exemplar(Labels.EMPTY, -2.0, 999));
    encoder.finish();

    HexFormat hex = HexFormat.ofDelimiter(" ");
    assertThat(parts.stream().map(hex::formatHex))
        .containsExactly(
            "02 00 00 01 01 01 61 01 62 00 00", // the definition, without samples
            "05 01 d0 0f 02 " // last, number 1, base time 1000, two exemplars
                + "00 00 00 00 00 00 00 00 f0 3f 01 01 74 01 31 " // 0, same time, 1.0, t=1
                + "c8 01 01 00 00 00 00 00 00 00 c0 00"); // 200, 1 earlier, -2.0, no labels
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void anyExemplarsComeBack(int seed) {
    Random random = new Random(seed);
    CommitEncoder encoder = encoder(200);
    Collector collector = new Collector();
    encoder.begin(0);
    List<Referred> expected = new ArrayList<>();
    for (int ref = 0; ref < 50; ref++) {
      encoder.define(Labels.of("n", "" + ref));
      encoder.sample(ref, 1, 1, 0);
    }
    for (int i = 0; i < 500; i++) {
      Labels labels =
          random.nextBoolean() ? Labels.EMPTY : Labels.of("trace", "ü" + random.nextInt());
      double value = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
      long time = random.nextLong() >> random.nextInt(64);
      Referred each = new Referred(random.nextInt(50), new Exemplar(labels, value, time));
      encoder.exemplar(each.ref(), each.exemplar());
      expected.add(each);
    }
    encoder.finish();

    assertThat(parts).hasSizeGreaterThan(10);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(DocumentDecoder.kind(parts.get(i), parts.get(i).length))
          .isEqualTo(new DocumentDecoder.Kind.Part(i, i == parts.size() - 1));
      DocumentDecoder.decodePart(parts.get(i), parts.get(i).length, collector);
    }
    assertThat(collector.exemplars).isEqualTo(expected);
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

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("014e54585301010000ac02");
    assertThat(DocumentDecoder.kind(bytes, bytes.length))
        .isEqualTo(new DocumentDecoder.Kind.Segment(new SegmentStart(1, 1, 0, 0, 300)));
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
        "0500 00 02 00; 2 exemplars in 1 bytes",
        "0500 00 01 00 00 0000000000000000 00; reference 0 is not defined",
        "0500 00 01 00 00 00000000000000; the document ends within a value",
        "0400 00 01 8080808008 00 0000000000000000 00; the reference 2147483648 is out of range",
        "0400 00 01 00 00 0000000000000000 01 0161 00; the label \"a\" is empty or given twice",
        "0500 00 00 77; 1 bytes follow the last exemplar",
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
    for (int i = 0; i < 20; i++) {
      encoder.exemplar(i, new Exemplar(Labels.of("trace", "t" + i), i, 1000 + i));
    }
    encoder.finish();
    assertThat(parts).hasSize(2);
    for (int round = 0; round < 20_000; round++) {
      byte[] good = parts.get(round % 2);
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
