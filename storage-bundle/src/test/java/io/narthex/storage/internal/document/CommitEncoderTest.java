package io.narthex.storage.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.storage.internal.document.CollectedCommit.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final byte[] ROW = {0x0a, 0x71, (byte) 0x80, 0x0d};

  private final List<byte[]> parts = new ArrayList<>();
  private final List<Boolean> lasts = new ArrayList<>();

  private CommitEncoder encoder(int limit) {
    return new CommitEncoder(
        limit,
        (bytes, length, last) -> {
          parts.add(Arrays.copyOf(bytes, length));
          lasts.add(last);
        });
  }

  private List<String> hexes() {
    return parts.stream().map(HEX::formatHex).toList();
  }

  @Test
  void bytesOfRowsAreAsTheFormatSays() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(5);
    encoder.define(Labels.of("a", "é"));
    encoder.define(Labels.of("b", "c", "d", "e"));
    encoder.bind(300, 0, 5);
    encoder.bind(300, 3, 6);
    encoder.bind(300, 4, 2);
    encoder.row(300, 0, 1000, ROW, 3);
    encoder.row(7, 59, 999, ROW, 0);
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 d0 0f " // last part, number 0, base time 1000
                + "01 05 02 " // from reference 5 on, two definitions
                + "01 00 01 61 00 02 c3 a9 " // one label: a, é, both written out
                + "02 00 01 62 00 01 63 00 01 64 00 01 65 " // two labels
                + "02 ac 02 03 " // panel 300, three bindings
                + "00 0a 02 00 00 09 " // slot 0: 5; two passed over: the next, 6; the next: 5 back
                // from 7
                + "03 ac 02 00 00 03 0a 71 80 " // panel 300, row 0, the base time, 3 bytes
                + "03 07 3b 01 00"); // panel 7, row 59, 1 earlier, no change
  }

  @Test
  void bytesOfLooseSamplesAreAsTheFormatSays() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(5);
    encoder.define(Labels.of("a", "b"));
    encoder.sample(5, 1000, Double.doubleToRawLongBits(1.0), 0, false);
    encoder.sample(2, 999, 7, 7, false);
    encoder.sample(3, 1000, 0x1122, 0x3300001100L, false);
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 d0 0f 01 05 01 01 00 01 61 00 01 62 " // base time 1000, one definition
                + "04 03 " // three samples
                + "14 62 f0 3f " // 5 from -1, same time; six zero bytes, then 2 bytes of 1.0
                + "0f 01 00 " // -4, other time: 1 earlier; unchanged
                + "00 05 22 00 00 00 33"); // the next, same time; 5 bytes changed
  }

  @Test
  void bytesOfExemplarsAreAsTheFormatSays() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "b"));
    encoder.exemplar(0, new Exemplar(Labels.of("t", "1"), 1.0, 1000));
    encoder.exemplar(200, new Exemplar(Labels.EMPTY, -2.0, 999));
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 d0 0f 01 00 01 01 00 01 61 00 01 62 " // base time 1000, one definition
                + "05 02 " // two exemplars
                + "00 00 00 00 00 00 00 00 f0 3f 01 01 74 01 31 " // 0, same time, 1.0, t=1
                + "c8 01 01 00 00 00 00 00 00 00 c0 00"); // 200, 1 earlier, -2.0, no labels
  }

  @Test
  void recordsComeInTheOrderInWhichTheyAreNeeded() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "0"));
    encoder.bind(0, 0, 0);
    encoder.row(0, 0, 10, ROW, 1);
    encoder.define(Labels.of("a", "1"));
    encoder.bind(0, 1, 1);
    encoder.define(Labels.of("a", "2"));
    encoder.bind(0, 0, 2);
    encoder.bind(1, 0, 2);
    encoder.row(0, 1, 20, ROW, 2);
    encoder.define(Labels.of("a", "3"));
    encoder.sample(3, 10, 1, 0, false);
    encoder.define(Labels.of("a", "4"));
    encoder.sample(4, 10, 1, 0, false);
    encoder.define(Labels.of("a", "5"));
    encoder.exemplar(5, new Exemplar(Labels.EMPTY, 1, 10));
    encoder.finish();

    assertThat(decoded())
        .containsExactly(
            new Event.Definition(0, Labels.of("a", "0")),
            new Event.Binding(0, 0, 0),
            new Event.Row(0, 0, 10, "0a"),
            new Event.Definition(1, Labels.of("a", "1")),
            new Event.Binding(0, 1, 1),
            new Event.Definition(2, Labels.of("a", "2")),
            new Event.Binding(0, 0, 2),
            new Event.Binding(1, 0, 2),
            new Event.Row(0, 1, 20, "0a71"),
            new Event.Definition(3, Labels.of("a", "3")),
            new Event.Definition(4, Labels.of("a", "4")),
            new Event.Definition(5, Labels.of("a", "5")),
            new Event.Sample(3, 10, 1),
            new Event.Sample(4, 10, 1),
            new Event.Example(5, new Exemplar(Labels.EMPTY, 1, 10)));
  }

  /** Decodes all parts, which are one commit. */
  private List<Event> decoded() {
    CollectedCommit commit = new CollectedCommit();
    decodeInto(commit);
    return commit.events;
  }

  private void decodeInto(CollectedCommit commit) {
    for (int i = 0; i < parts.size(); i++) {
      byte[] part = parts.get(i);
      boolean last = i == parts.size() - 1;
      assertThat(lasts.get(i)).isEqualTo(last);
      assertThat(DocumentDecoder.kind(part, part.length))
          .isEqualTo(new DocumentDecoder.Kind.Part(i, last));
      DocumentDecoder.decodePart(SegmentStart.MAJOR, part, part.length, commit);
    }
  }

  @Test
  void commitThatWasNotFinishedLeavesNothing() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "0"));
    encoder.bind(0, 0, 0);
    encoder.sample(0, 10, 1, 0, false);
    encoder.exemplar(0, new Exemplar(Labels.EMPTY, 1, 10));
    encoder.begin(0);
    encoder.finish();

    assertThat(hexes()).containsExactly("03 00 00");
  }

  @Test
  void commitAfterAnotherBeginsAnew() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "0"));
    encoder.sample(0, 10, 1, 0, false);
    encoder.finish();
    parts.clear();
    encoder.begin(1);
    encoder.sample(0, 20, 1, 1, false);
    encoder.row(0, 1, 21, ROW, 1);
    encoder.finish();

    assertThat(hexes()).containsExactly("03 00 28 03 00 01 02 01 0a 04 01 00 00");
  }

  @Test
  void partsOverTheLimitGoOnInTheNext() {
    CommitEncoder encoder = encoder(18);
    encoder.begin(0);
    encoder.define(Labels.of("name", "abcdefghi"));
    encoder.define(Labels.of("n", "b"));
    encoder.bind(3, 0, 0);
    encoder.bind(3, 1, 1);
    encoder.row(3, 0, 1000, ROW, 4);
    encoder.row(4, 0, 2000, ROW, 4);
    encoder.sample(1, 3000, 1, 0, false);
    encoder.sample(0, 3000, 1, 0, false);
    encoder.exemplar(0, new Exemplar(Labels.of("t", "1234"), 1, 4000));
    encoder.exemplar(1, new Exemplar(Labels.EMPTY, 1, 4001));
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "02 00 00 01 00 01 01 00 04 6e 61 6d 65 00 09 61 62 63 64 65 66 67 68 69",
            "02 01 d0 0f 01 01 01 01 00 01 6e 00 01 62 02 03 02 00 00 00 00 03 03 00 00 04 0a 71 80 0d",
            "02 02 a0 1f 03 04 00 00 04 0a 71 80 0d 04 02 05 d0 0f 01 01 07 d0 0f 01 01",
            "02 03 c0 3e 05 01 00 00 00 00 00 00 00 00 f0 3f 01 01 74 04 31 32 33 34",
            "03 04 c2 3e 05 01 01 00 00 00 00 00 00 00 f0 3f 00");
    assertThat(decoded()).hasSize(10);
  }

  @Test
  void textsOfARecordAreWrittenOutOnce() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "b", "b", "a", "c", "b"));
    encoder.define(Labels.of("a", "b"));
    encoder.define(Labels.of("d", "c"));
    encoder.define(Labels.of("d", "dd"));
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 00 01 00 04 " // four definitions
                + "03 00 01 61 00 01 62 02 01 00 01 63 02 " // 1 is a, 2 is b; b=a; 3 is c; c=b
                + "01 01 02 " // a=b
                + "01 00 01 64 03 " // 4 is d; d=c
                + "01 04 00 02 64 64"); // d=dd
  }

  @Test
  void numbersOfTextsMayBeLongerThanAByte() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    for (int i = 0; i < 64; i++) {
      encoder.define(Labels.of("n" + i, "v" + i));
    }
    encoder.define(Labels.of("n63", "v63"));
    encoder.define(Labels.of("v63", "n63"));
    encoder.finish();

    assertThat(hexes())
        .singleElement()
        .asString()
        .startsWith("03 00 00 01 00 42 01 00 02 6e 30 00 02 76 30 01 00 02 6e 31 00 02 76 31 ")
        .endsWith(" 00 03 6e 36 33 00 03 76 36 33 01 7f 80 01 01 80 01 7f");
    assertThat(decoded())
        .endsWith(
            new Event.Definition(64, Labels.of("n63", "v63")),
            new Event.Definition(65, Labels.of("v63", "n63")));
  }

  @Test
  void recordsDoNotShareTexts() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "b"));
    encoder.bind(0, 0, 0);
    encoder.define(Labels.of("a", "b", "c", "b"));
    encoder.row(0, 0, 10, ROW, 1);
    encoder.define(Labels.of("c", "c"));
    encoder.sample(2, 10, 1, 0, false);
    encoder.define(Labels.of("b", "c"));
    encoder.exemplar(0, new Exemplar(Labels.of("a", "b"), 1.0, 10));
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 14 " // base time 10
                + "01 00 01 01 00 01 61 00 01 62 " // a=b
                + "02 00 01 00 00 "
                + "01 01 01 02 00 01 61 00 01 62 00 01 63 02 " // a=b, c=b
                + "03 00 00 00 01 0a "
                + "01 02 01 01 00 01 63 01 " // c=c
                + "01 03 01 01 00 01 62 00 01 63 " // b=c
                + "04 01 08 01 01 "
                + "05 01 00 00 00 00 00 00 00 00 f0 3f 01 01 61 01 62"); // never shared in
    // exemplars
  }

  @Test
  void partsDoNotShareTexts() {
    CommitEncoder encoder = encoder(19);
    encoder.begin(0);
    encoder.define(Labels.of("name", "abcd"));
    encoder.define(Labels.of("name", "name"));
    encoder.define(Labels.of("name", "abcd"));
    encoder.define(Labels.of("abcd", "name"));
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "02 00 00 01 00 03 01 00 04 6e 61 6d 65 00 04 61 62 63 64 01 01 01 01 01 02",
            "03 01 00 01 03 01 01 00 04 61 62 63 64 00 04 6e 61 6d 65");
    assertThat(decoded()).hasSize(4);
  }

  @Test
  void commitsDoNotShareTexts() {
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "b"));
    encoder.begin(0);
    encoder.define(Labels.of("b", "a"));
    encoder.finish();
    encoder.begin(1);
    encoder.define(Labels.of("a", "b"));
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 00 01 00 01 01 00 01 62 00 01 61", "03 00 00 01 01 01 01 00 01 61 00 01 62");
  }

  @Test
  void exampleOfTheFormatIsReadAndWritten() {
    List<Labels> series =
        List.of(
            Labels.of("__name__", "up", "job", "web"),
            Labels.of("__name__", "web", "job", "web"),
            Labels.of("__name__", "up", "job", "up"));
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(7);
    series.forEach(encoder::define);
    encoder.finish();

    assertThat(hexes())
        .containsExactly(
            "03 00 00 "
                + "01 07 03 "
                + "02 00 08 5f 5f 6e 61 6d 65 5f 5f 00 02 75 70 00 03 6a 6f 62 00 03 77 65 62 "
                + "02 01 04 03 04 "
                + "02 01 02 03 02");
    assertThat(decoded())
        .containsExactly(
            new Event.Definition(7, series.get(0)),
            new Event.Definition(8, series.get(1)),
            new Event.Definition(9, series.get(2)));
  }

  /** Another writer may write out a text again. */
  @Test
  void textsThatAreWrittenOutAgainHaveNumbersOfTheirOwn() {
    byte[] part = HEX.parseHex("03 00 00 01 00 02 02 00 01 61 00 01 62 00 01 63 00 01 62 01 04 03");
    CollectedCommit commit = new CollectedCommit();

    DocumentDecoder.decodePart(SegmentStart.MAJOR, part, part.length, commit);

    assertThat(commit.events)
        .containsExactly(
            new Event.Definition(0, Labels.of("a", "b", "c", "b")),
            new Event.Definition(1, Labels.of("b", "c")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyCommitsComeBack(int seed) {
    Random random = new Random(seed);
    CommitEncoder encoder = encoder(seed % 2 == 0 ? 1 << 20 : 300);
    CollectedCommit collected = new CollectedCommit();
    CommitSource source = new CommitSource(random);
    int mostParts = 0;
    for (int commit = 0; commit < 300; commit++) {
      parts.clear();
      lasts.clear();
      collected.events.clear();
      List<Event> expected = source.next(encoder);
      decodeInto(collected);
      mostParts = Math.max(mostParts, parts.size());
      // Loose samples are defined while they are added: what is written before them may differ.
      assertThat(collected.events).containsExactlyInAnyOrderElementsOf(expected);
      Comparator<Event> byKind = Comparator.comparing(event -> event.getClass().getName());
      assertThat(collected.events.stream().sorted(byKind))
          .containsExactlyElementsOf(expected.stream().sorted(byKind).toList());
      assertDefinedBefore(collected.events);
    }
    assertThat(mostParts).isGreaterThan(seed % 2 == 0 ? 0 : 3);
  }

  /** Each new reference is defined before anything refers to it. */
  private static void assertDefinedBefore(List<Event> events) {
    Map<Integer, Integer> defined = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.Definition definition) {
        defined.put(definition.ref(), i);
      }
    }
    for (int i = 0; i < events.size(); i++) {
      int ref =
          switch (events.get(i)) {
            case Event.Binding binding -> binding.ref();
            case Event.Sample sample -> sample.ref();
            case Event.LateSample sample -> sample.ref();
            case Event.Distribution distribution -> distribution.ref();
            case Event.Example example -> example.ref();
            case Event.Definition definition -> definition.ref();
            case Event.Deletion deletion -> deletion.ref();
            case Event.Row row -> -1;
            case Event.Metadata metadata -> -1;
          };
      assertThat(defined.getOrDefault(ref, -1)).isLessThanOrEqualTo(i);
    }
  }

  /** Makes commits of one segment, by a seed. */
  private static final class CommitSource {
    private final Random random;
    private final Map<Integer, Long> bases = new HashMap<>();
    private int refs;

    CommitSource(Random random) {
      this.random = random;
    }

    List<Event> next(CommitEncoder encoder) {
      List<Event> events = new ArrayList<>();
      encoder.begin(refs);
      long time = random.nextLong() >> random.nextInt(40);
      for (int rows = random.nextInt(5); rows > 0; rows--) {
        row(encoder, time, events);
      }
      for (int samples = random.nextInt(3) == 0 ? random.nextInt(60) : 0; samples > 0; samples--) {
        sample(encoder, time, events);
      }
      int exemplars = refs == 0 || random.nextInt(3) > 0 ? 0 : random.nextInt(20);
      for (; exemplars > 0; exemplars--) {
        exemplar(encoder, time, events);
      }
      encoder.finish();
      return events;
    }

    private int ref(CommitEncoder encoder, List<Event> events) {
      if (refs > 0 && random.nextInt(4) > 0) {
        return random.nextInt(refs);
      }
      Labels labels = Labels.of("n", "v" + refs, "x" + random.nextInt(3), "ü" + random.nextInt());
      encoder.define(labels);
      events.add(new Event.Definition(refs, labels));
      bases.put(refs, 0L);
      return refs++;
    }

    private long time(long about) {
      return random.nextBoolean() ? about : about + (random.nextLong() >> random.nextInt(64));
    }

    private void row(CommitEncoder encoder, long time, List<Event> events) {
      int panel = random.nextInt() >>> (1 + random.nextInt(31));
      int slot = 0;
      for (int n = random.nextInt(6); n > 0; n--) {
        slot += random.nextInt(20) == 0 ? 100 : 1;
        if (random.nextInt(10) == 0) {
          slot = random.nextInt(512);
        }
        int at = Math.min(511, slot);
        int ref = ref(encoder, events);
        encoder.bind(panel, at, ref);
        events.add(new Event.Binding(panel, at, ref));
      }
      byte[] row = new byte[random.nextInt(100)];
      random.nextBytes(row);
      int number = random.nextInt() >>> (1 + random.nextInt(31));
      long at = time(time);
      encoder.row(panel, number, at, row, row.length);
      events.add(new Event.Row(panel, number, at, HexFormat.of().formatHex(row)));
    }

    private void sample(CommitEncoder encoder, long time, List<Event> events) {
      int ref = ref(encoder, events);
      long base = bases.get(ref);
      long bits = random.nextInt(3) == 0 ? base : random.nextLong() << random.nextInt(64);
      long at = time(time);
      encoder.sample(ref, at, bits, base, false);
      bases.put(ref, bits);
      events.add(new Event.Sample(ref, at, bits));
    }

    private void exemplar(CommitEncoder encoder, long time, List<Event> events) {
      Labels labels =
          random.nextBoolean() ? Labels.EMPTY : Labels.of("trace", "ü" + random.nextInt());
      double value = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
      int ref = random.nextInt(refs);
      Exemplar exemplar = new Exemplar(labels, value, time(time));
      encoder.exemplar(ref, exemplar);
      events.add(new Event.Example(ref, exemplar));
    }
  }

  @Test
  void segmentStartComesBack() {
    byte[] bytes = SegmentStart.of(300).encode();

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("014e54585302010000ac02");
    assertThat(DocumentDecoder.kind(bytes, bytes.length))
        .isEqualTo(new DocumentDecoder.Kind.Segment(new SegmentStart(2, 1, 0, 0, 300)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "1, 0, true", "1, 9, true", "2, 0, true", "2, 9, true", "3, 0, false"})
  void majorVersionsOneAndTwoAreReadable(int major, int minor, boolean readable) {
    byte[] bytes = {1, 'N', 'T', 'X', 'S', (byte) major, (byte) minor, 0, 0, 1};

    assertThat(DocumentDecoder.kind(bytes, bytes.length))
        .isInstanceOfSatisfying(
            DocumentDecoder.Kind.Segment.class,
            segment -> {
              assertThat(segment.start()).isEqualTo(new SegmentStart(major, minor, 0, 0, 1));
              assertThat(segment.start().isReadable()).isEqualTo(readable);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; the document ends within a value",
        "09; a document of the unknown kind 9",
        "00; a document of the unknown kind 0",
        "04 00 00; a document of the unknown kind 4",
        "05 00 00; a document of the unknown kind 5",
        "014e545859; a segment does not begin with NTXS",
        "014e5458530200; the document ends within a value",
        "03 00; the document ends within a value",
        "03 ffffffffffffffffffff01; a number is longer than 64 bits",
        "03 00 00 00; a record of the unknown kind 0",
        "03 00 00 0f; a record of the unknown kind 15",
        "03 00 00 01; the document ends within a value",
        "03 00 00 01 00 ff01; 255 definitions in 0 bytes",
        "03 00 00 01 ffffffff0f 00; the reference 4294967295 is too large",
        "03 00 00 01 ffffffff07 01 00; the reference 2147483647 is too large",
        "03 00 00 01 ffffffffffffffff7f 01 00; the reference 9223372036854775807 is too large",
        "03 00 00 01 ffffffffffffffffff01 00; the reference 18446744073709551615 is too large",
        "03 00 00 01 00 01 05; 5 labels in 0 bytes",
        "03 00 00 01 00 01 01 00 09 61; 9 bytes of text in 1 bytes",
        "03 00 00 01 00 01 01; 1 labels in 0 bytes",
        "03 00 00 01 00 01 01 00; the document ends within a value",
        "03 00 00 01 00 01 01 00 0161; the document ends within a value",
        "03 00 00 01 00 01 01 00 0161 00; the document ends within a value",
        "03 00 00 01 00 01 01 00 00 00 0162; the label \"\" is empty or given twice",
        "03 00 00 01 00 01 01 00 0161 00 00; the label \"a\" is empty or given twice",
        "03 00 00 01 00 01 02 00 0161 00 0162 00 0161 00 0163; the label \"a\" is empty or given twice",
        "03 00 00 01 00 01 02 00 0161 00 0162 01 00 0163; the label \"a\" is empty or given twice",
        "03 00 00 01 00 01 01 01; text 1 of the 0 that were written out",
        "03 00 00 01 00 01 01 00 0161 02; text 2 of the 1 that were written out",
        "03 00 00 01 00 02 01 00 0161 01 01 01 02; text 2 of the 1 that were written out",
        "03 00 00 01 00 01 01 00 0161 8101; text 129 of the 1 that were written out",
        "03 00 00 01 00 01 01 00 0161 8180808010; text 4294967297 of the 1 that were written out",
        "03 00 00 01 00 01 01 00 0161 ffffffffffffffffff01; text 18446744073709551615 of the 1 that were written out",
        "03 00 00 01 00 01 01 00 0161 00 0162 01 01 01 01 01; text 1 of the 0 that were written out",
        "03 00 00 02 8080808008 00; the panel 2147483648 is out of range",
        "03 00 00 02 ffffffffffffffffff01 00; the panel 18446744073709551615 is out of range",
        "03 00 00 02 00 03 00; 3 bindings in 1 bytes",
        "03 00 00 02 00 01 00; the document ends within a value",
        "03 00 00 02 00 01 00 00; reference 0 is not defined",
        "03 00 00 02 00 01 00 01; the reference -1 is out of range",
        "03 00 00 02 00 01 8004 00; the slot 512 is out of range",
        "03 00 00 02 00 01 ffffffffffffffffff01 00; the slot -1 is out of range",
        "03 00 00 01 00 01 00 02 00 02 ff03 00 00 01; the slot 512 is out of range",
        "03 00 00 01 00 01 00 02 00 02 00 00 ffffffffffffffffff01 01; the slot 0 is out of range",
        "03 00 00 03 8080808008 00 00 00; the panel 2147483648 is out of range",
        "03 00 00 03 00 8080808008 00 00; the row 2147483648 is out of range",
        "03 00 00 03 00 00 00; the document ends within a value",
        "03 00 00 03 00 00 00 02 00; 2 bytes of a row in 1 bytes",
        "03 00 00 03 00 00 00 ffffffffffffffffff01; 18446744073709551615 bytes of a row in 0 bytes",
        "03 00 00 04 05; 5 samples in 0 bytes",
        "03 00 00 04 01 04; reference 1 is not defined",
        "03 00 00 04 01 02 00; the reference -1 is out of range",
        "03 00 00 01 00 01 01 00 0161 00 0162 04 01 00; the document ends within a value",
        "03 00 00 01 00 01 01 00 0161 00 0162 04 01 00 79; a value begins with the byte 0x79",
        "03 00 00 01 00 01 01 00 0161 00 0162 04 01 00 09; a value begins with the byte 0x09",
        "03 00 00 01 00 01 01 00 0161 00 0162 04 01 00 30; a value begins with the byte 0x30",
        "03 00 00 01 00 01 01 00 0161 00 0162 04 01 00 02 01; the document ends within a value",
        "03 00 00 05 02 00; 2 exemplars in 1 bytes",
        "03 00 00 05 01 00 00 0000000000000000 00; reference 0 is not defined",
        "03 00 00 05 01 00 00 00000000000000; the document ends within a value",
        "03 00 00 05 01 8080808008 00 0000000000000000 00; the reference 2147483648 is out of range",
        "03 00 00 05 01 00 00 0000000000000000 01 0161 00; the label \"a\" is empty or given twice"
      })
  void badDocumentIsRefused(String hex, String message) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatThrownBy(
            () -> {
              DocumentDecoder.kind(bytes, bytes.length);
              DocumentDecoder.decodePart(
                  SegmentStart.MAJOR, bytes, bytes.length, new CollectedCommit());
            })
        .isInstanceOf(BadDocumentException.class)
        .hasMessage(message);
  }

  @Test
  void damagedDocumentIsRefusedOrReadButNeverAnythingElse() {
    Random random = new Random(11);
    CommitEncoder encoder = encoder(300);
    encoder.begin(0);
    for (int i = 0; i < 20; i++) {
      encoder.define(Labels.of("name", "value" + i));
      encoder.bind(i / 7, i, i);
    }
    for (int i = 0; i < 20; i++) {
      byte[] row = new byte[i];
      random.nextBytes(row);
      encoder.row(i, i, 1000 + i, row, i);
    }
    for (int i = 0; i < 20; i++) {
      encoder.sample(i, 1000 + i, random.nextLong(), 0, false);
    }
    for (int i = 0; i < 20; i++) {
      encoder.exemplar(i, new Exemplar(Labels.of("trace", "t" + i), i, 1000 + i));
    }
    encoder.finish();
    int refused = 0;
    for (int round = 0; round < 40_000; round++) {
      byte[] good = parts.get(round % parts.size());
      byte[] bad =
          Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length) : good.length);
      for (int flips = random.nextInt(3); flips >= 0 && bad.length > 0; flips--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        DocumentDecoder.kind(bad, bad.length);
        DocumentDecoder.decodePart(1 + round % 2, bad, bad.length, new CollectedCommit());
      } catch (BadDocumentException expected) {
        refused++;
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }
}
