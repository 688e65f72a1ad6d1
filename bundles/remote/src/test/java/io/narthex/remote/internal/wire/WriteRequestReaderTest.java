package io.narthex.remote.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WriteRequestReaderTest {
  private final WriteRequestReader reader = new WriteRequestReader();

  @Test
  void readsSeries() throws Exception {
    byte[] bytes =
        Message.writeRequest(
                s -> s.labels("__name__", "a", "x", "").sample(-1, 1.5).sample(2, Double.NaN),
                s -> {},
                s -> s.labels("__name__", "b").exemplar().histogram(7).sample(3, -0.0))
            .metadata("a")
            .bytes();
    assertThat(read(bytes, bytes.length))
        .containsExactly(
            "__name__=a,x=, -1:3ff8000000000000 2:7ff8000000000000 h0",
            "h0",
            "__name__=b, 3:8000000000000000 e 0:3ff0000000000000 trace_id=1 h1");
    assertThat(reader.metadata()).isEqualTo(1);
  }

  @Test
  void takesDefaultsAndTheLastOfSeveralValues() throws Exception {
    byte[] bytes =
        Message.writeRequest(
                s ->
                    s.message(2, sample -> {})
                        .message(2, sample -> sample.int64(2, 1).int64(2, 5).fixed64(1, 2))
                        .message(1, label -> label.bytes(1, Message.utf8("n"))))
            .bytes();
    assertThat(read(bytes, bytes.length)).containsExactly("n=, 0:0 5:4000000000000000 h0");
    assertThat(reader.labelsTogether()).isTrue();
  }

  @Test
  void noticesLabelsThatDoNotStandTogether() throws Exception {
    byte[] bytes =
        Message.writeRequest(s -> s.labels("a", "1").sample(1, 1).labels("b", "2")).bytes();
    assertThat(read(bytes, bytes.length)).containsExactly("a=1,b=2, 1:3ff0000000000000 h0");
    assertThat(reader.labelsTogether()).isFalse();
  }

  @Test
  void skipsWhatItDoesNotKnow() throws Exception {
    Consumer<Message> unknown =
        m -> m.int64(900, -1).fixed64(901, 1).fixed32(902).bytes(903, new byte[3]);
    Consumer<Message> group =
        m -> m.varint(7 << 3 | 3).int64(1, 1).varint(8 << 3 | 3).raw(8 << 3 | 4, 7 << 3 | 4);
    byte[] bytes =
        Message.of(unknown)
            .message(
                1,
                s -> {
                  unknown.accept(s);
                  group.accept(s);
                  s.message(1, unknown.andThen(l -> l.bytes(1, Message.utf8("a"))));
                  s.message(2, unknown.andThen(group).andThen(v -> v.int64(2, 9)));
                })
            .bytes();
    assertThat(read(bytes, bytes.length)).containsExactly("a=, 9:0 h0");
  }

  static List<Arguments> malformed() {
    return List.of(
        Arguments.of(
            new Message().raw(0x0a), "unexpected EOF: the write request ends early, at byte 1"),
        Arguments.of(new Message().raw(0x0a, 5, 1), "unexpected EOF: the write request ends early"),
        Arguments.of(new Message().raw(0x0a, 2, 0x12, 9), "unexpected EOF: time series 1 ends"),
        Arguments.of(
            Message.writeRequest(s -> s.message(2, v -> v.raw(0x09, 1, 2))),
            "unexpected EOF: time series 1 ends early, at byte 5"),
        Arguments.of(
            Message.writeRequest(s -> {}, s -> s.message(1, l -> l.raw(0x0a, 1))),
            "unexpected EOF: time series 2 ends early, at byte 8"),
        Arguments.of(
            new Message().int64(1, 1),
            "proto: wrong wireType = 0 for field Timeseries, it should be 2 in the write request"),
        Arguments.of(
            Message.writeRequest(s -> s.int64(2, 1)),
            "proto: wrong wireType = 0 for field Samples"),
        Arguments.of(
            Message.writeRequest(s -> s.message(2, v -> v.int64(1, 1))),
            "proto: wrong wireType = 0 for field Value, it should be 1 in time series 1"),
        Arguments.of(
            Message.writeRequest(s -> s.message(2, v -> v.fixed64(2, 1))),
            "proto: wrong wireType = 1 for field Timestamp, it should be 0"),
        Arguments.of(
            Message.writeRequest(s -> s.message(1, l -> l.int64(2, 1))),
            "proto: wrong wireType = 0 for field Value, it should be 2"),
        Arguments.of(
            Message.writeRequest(s -> s.message(3, e -> e.int64(1, 1))),
            "proto: wrong wireType = 0 for field Labels, it should be 2 in time series 1"),
        Arguments.of(
            Message.writeRequest(s -> s.message(3, e -> e.int64(2, 1))),
            "proto: wrong wireType = 0 for field Value, it should be 1"),
        Arguments.of(
            Message.writeRequest(s -> s.message(3, e -> e.fixed64(3, 1))),
            "proto: wrong wireType = 1 for field Timestamp, it should be 0"),
        Arguments.of(
            Message.writeRequest(s -> s.message(3, e -> e.raw(0x0a, 4, 0x0a, 9, 1, 1))),
            "unexpected EOF: time series 1 ends early"),
        Arguments.of(
            new Message().message(3, m -> m.fixed64(1, 1)),
            "proto: wrong wireType = 1 for field Type, it should be 0 in the write request"),
        Arguments.of(
            new Message().message(3, m -> m.int64(2, 1)),
            "proto: wrong wireType = 0 for field MetricFamilyName, it should be 2"),
        Arguments.of(
            new Message().message(3, m -> m.int64(4, 1)),
            "proto: wrong wireType = 0 for field Help, it should be 2"),
        Arguments.of(
            new Message().message(3, m -> m.int64(5, 1)),
            "proto: wrong wireType = 0 for field Unit, it should be 2"),
        Arguments.of(
            new Message().message(3, m -> m.raw(0x12, 9)),
            "unexpected EOF: the write request ends early"),
        Arguments.of(new Message().raw(0), "proto: illegal tag 0 (wire type 0) in the write"),
        Arguments.of(new Message().varint(1L << 36), "proto: illegal tag 8589934592"),
        Arguments.of(new Message().raw(0x4e), "proto: illegal wireType 6"),
        Arguments.of(new Message().raw(0x4c), "proto: end of a group that did not begin"),
        Arguments.of(new Message().raw(0x4b), "unexpected EOF: the write request ends early"),
        Arguments.of(
            new Message().raw(0x48, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1),
            "proto: integer overflow in the write request, at byte 11 of the message"),
        Arguments.of(new Message().raw(0x0a).varint(-1), "proto: negative length"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhatIsMalformed(Message message, String text) {
    byte[] bytes = message.bytes();
    assertThatThrownBy(() -> read(bytes, bytes.length))
        .isInstanceOf(RefusedRequestException.class)
        .hasMessageStartingWith(text);
  }

  @Test
  void readsBackWhatWasWritten() throws Exception {
    Random random = new Random(73);
    for (int run = 0; run < 3000; run++) {
      List<String> expected = new ArrayList<>();
      byte[] bytes = request(random, expected).bytes();
      assertThat(read(bytes, bytes.length)).isEqualTo(expected);
    }
  }

  /** Damaged bytes give an error or something else, and never anything behind their end. */
  @Test
  void neverBreaksOnDamagedBytes() {
    Random random = new Random(74);
    Map<Boolean, Integer> runs = new HashMap<>();
    for (int run = 0; run < 60_000; run++) {
      byte[] bytes = request(random, new ArrayList<>()).bytes();
      int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
      for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      List<String> exact = readOrError(Arrays.copyOf(bytes, length), length);
      byte[] longer = Arrays.copyOf(bytes, length + 100);
      Arrays.fill(longer, length, longer.length, (byte) 0x0a);
      assertThat(readOrError(longer, length)).isEqualTo(exact);
      runs.merge(exact.size() == 1 && exact.getFirst().startsWith("error "), 1, Integer::sum);
    }
    assertThat(runs.get(true)).isGreaterThan(10_000);
    assertThat(runs.get(false)).isGreaterThan(10_000);
  }

  private static Message request(Random random, List<String> expected) {
    Message request = new Message();
    for (int series = random.nextInt(4); series > 0; series--) {
      StringBuilder text = new StringBuilder();
      request.message(1, message -> series(message, random, text));
      expected.add(text.toString());
      if (random.nextInt(3) == 0) {
        request.metadata("m" + random.nextInt());
      }
    }
    return request;
  }

  private static void series(Message message, Random random, StringBuilder text) {
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = "n" + Integer.toString(random.nextInt(), 36);
      String value = random.nextBoolean() ? "" : "wert-ü-" + "x".repeat(random.nextInt(200));
      message.labels(name, value);
      text.append(name).append('=').append(value).append(i > 1 ? "," : ", ");
    }
    StringBuilder exemplars = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      long time = random.nextLong() >> random.nextInt(64);
      long bits = random.nextInt(5) == 0 ? 0x7ff0000000000002L : random.nextLong();
      message.sample(time, Double.longBitsToDouble(bits));
      text.append(time).append(':').append(Long.toHexString(bits)).append(' ');
      if (random.nextInt(4) == 0) {
        String id = "ü" + random.nextInt();
        message.exemplar(time, Double.longBitsToDouble(bits), "id", id, "", "");
        exemplars.append("e ").append(time).append(':').append(Long.toHexString(bits));
        exemplars.append(" id=").append(id).append(" = ");
      }
    }
    text.append(exemplars);
    int histograms = random.nextInt(3) / 2;
    if (histograms > 0) {
      message.histogram(1);
    }
    text.append('h').append(histograms);
  }

  private List<String> readOrError(byte[] bytes, int length) {
    try {
      return read(bytes, length);
    } catch (RefusedRequestException e) {
      assertThat(e.text()).matches("(?s)(unexpected EOF: |proto: ).* at byte \\d+ of the message");
      return List.of("error " + e.text());
    }
  }

  private List<String> read(byte[] bytes, int length) throws RefusedRequestException {
    List<String> all = new ArrayList<>();
    reader.start(bytes, length);
    while (reader.nextSeries()) {
      List<String> labels = new ArrayList<>();
      while (reader.nextLabel()) {
        labels.add(
            text(bytes, reader.nameStart(), reader.nameEnd())
                + "="
                + text(bytes, reader.valueStart(), reader.valueEnd()));
      }
      StringBuilder text = new StringBuilder(String.join(",", labels));
      text.append(labels.isEmpty() ? "" : ", ");
      int samples = 0;
      while (reader.nextSample()) {
        long bits = Double.doubleToRawLongBits(reader.value());
        text.append(reader.timestamp()).append(':').append(Long.toHexString(bits)).append(' ');
        samples++;
      }
      assertThat(samples).isEqualTo(reader.samples());
      assertThat(labels).hasSize(reader.labels());
      exemplars(bytes, text);
      all.add(text.append('h').append(reader.histograms()).toString());
    }
    return all;
  }

  private void exemplars(byte[] bytes, StringBuilder text) throws RefusedRequestException {
    int exemplars = 0;
    while (reader.nextExemplar()) {
      long bits = Double.doubleToRawLongBits(reader.value());
      text.append("e ").append(reader.timestamp()).append(':').append(Long.toHexString(bits));
      while (reader.nextLabel()) {
        text.append(' ')
            .append(text(bytes, reader.nameStart(), reader.nameEnd()))
            .append('=')
            .append(text(bytes, reader.valueStart(), reader.valueEnd()));
      }
      text.append(' ');
      exemplars++;
    }
    assertThat(exemplars).isEqualTo(reader.exemplars());
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
