package io.narthex.alerting.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.alerting.internal.notify.IntegrationKey;
import io.narthex.alerting.internal.notify.LogEntry;
import io.narthex.alerting.internal.notify.LogEntryCodec;
import io.narthex.alerting.internal.notify.Told;
import io.narthex.alerting.internal.silence.Silence;
import io.narthex.alerting.internal.silence.SilenceCodec;
import io.narthex.api.model.MatchType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back; what is not written by us is refused and nothing worse. */
class CodecsTest {
  private static final int ROUNDS = 2_000;

  private final SilenceCodec silences = new SilenceCodec();
  private final LogEntryCodec entries = new LogEntryCodec();

  private static String text(Random random) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      out.appendCodePoint(
          random.nextInt(5) == 0 ? 0x1F600 + random.nextInt(50) : random.nextInt(0x300));
    }
    return out.toString();
  }

  private static Silence silence(Random random) {
    List<Matchers> sets = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      List<AlertMatcher> matchers = new ArrayList<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        MatchType type = MatchType.values()[random.nextInt(4)];
        matchers.add(AlertMatcher.of(type, text(random), "v" + random.nextInt(100)));
      }
      sets.add(new Matchers(matchers));
    }
    TreeMap<String, String> annotations = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      annotations.put(text(random), text(random));
    }
    return new Silence(
        text(random),
        sets,
        random.nextLong(),
        random.nextLong(),
        random.nextInt(),
        text(random),
        text(random),
        annotations);
  }

  private static LogEntry entry(Random random) {
    return new LogEntry(
        text(random),
        new IntegrationKey(text(random), text(random), random.nextInt(1 << random.nextInt(31))),
        random.nextLong(),
        told(random),
        told(random),
        random.nextLong());
  }

  private static Told told(Random random) {
    return Told.of(random.longs(random.nextInt(6)).boxed().toList());
  }

  @Test
  void valuesComeBack() {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      Silence silence = silence(random);
      LogEntry entry = entry(random);

      assertThat(silences.decode(silences.encode(silence))).isEqualTo(silence);
      assertThat(entries.decode(entries.encode(entry))).isEqualTo(entry);
    }
  }

  /** The format is fixed: files of a release must be read for ever. */
  @Test
  void theFirstVersionStaysAsItIs() {
    Silence silence =
        new Silence(
            "id",
            List.of(new Matchers(List.of(AlertMatcher.of(MatchType.REGEX, "a", "b.*")))),
            1,
            -1,
            300,
            "me",
            "ü",
            new TreeMap<>());
    LogEntry entry =
        new LogEntry(
            "{}:{}", new IntegrationKey("r", "webhook", 2), 64, Told.of(List.of(1L)), Told.NONE, 0);

    assertThat(HexFormat.of().formatHex(silences.encode(silence)))
        .isEqualTo(
            "0102696402" + "01" + "d804" + "026d65" + "02c3bc" + "00" + "0101020161" + "03622e2a");
    assertThat(HexFormat.of().formatHex(entries.encode(entry)))
        .isEqualTo(
            "01057b7d3a7b7d"
                + "0172"
                + "07776562686f6f6b"
                + "04"
                + "8001"
                + "00"
                + "01"
                + "0000000000000001"
                + "00");
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5})
  void damageIsRefused(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      check(silences, damaged(silences.encode(silence(random)), random));
      check(entries, damaged(entries.encode(entry(random)), random));
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      check(silences, noise);
      check(entries, noise);
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged =
        random.nextBoolean()
            ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 4))
            : bytes.clone();
    for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    return damaged;
  }

  /** Either it is refused, or what it is taken for is written and read the same. */
  private static <T> void check(Codec<T> codec, byte[] bytes) {
    T value;
    try {
      value = codec.decode(bytes);
    } catch (BadEntryException e) {
      assertThat(e).hasMessageMatching("(?s).{5,}");
      return;
    }
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  @Test
  void everyCutIsRefused() {
    Random random = new Random(9);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = silences.encode(silence(random));
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> silences.decode(cut)).isInstanceOf(BadEntryException.class);
      }
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> new ByteReader(new byte[] {3, 'a'}).text())
        .hasMessage("at byte 1: 3 elements cannot follow in the 1 bytes that are left");
    assertThatThrownBy(() -> new ByteReader(new byte[] {1, (byte) 0xff}).text())
        .hasMessage("the text that ends at byte 2 is not UTF-8");
    assertThatThrownBy(() -> new ByteReader(new byte[4]).hash())
        .hasMessage("it ends at byte 4, where 8 more are needed");
    assertThatThrownBy(() -> new ByteReader(new byte[2]).end()).hasMessage("2 bytes are left over");
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0x80);
    assertThatThrownBy(() -> new ByteReader(endless).number())
        .hasMessage("the number that ends at byte 10 is too long");
  }
}
