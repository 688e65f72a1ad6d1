package io.narthex.notifier.webhook.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GoJsonTest {
  private static final String PREFIX = "{\"k\":\"";

  private static String quoted(String text) {
    String json = new GoJson(16).begin().field("k", text).end().toString();
    assertThat(json).startsWith(PREFIX).endsWith("\"}");
    return json.substring(PREFIX.length(), json.length() - 2);
  }

  /** Texts, and how Go 1.25 writes them. */
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain text", "plain text"),
        Arguments.of("say \"x\"", "say \\\"x\\\""),
        Arguments.of("a\\b/c", "a\\\\b/c"),
        Arguments.of("\b\f\n\r\t", "\\b\\f\\n\\r\\t"),
        Arguments.of("a<b>c&d'e", "a\\u003cb\\u003ec\\u0026d'e"),
        Arguments.of("x\u0001y\u001fz\u007f", "x\\u0001y\\u001fz\u007f"),
        Arguments.of("\u2028\u2029", "\\u2028\\u2029"),
        Arguments.of("größe 日本", "größe 日本"),
        Arguments.of("\ud83d\ude00", "\ud83d\ude00"),
        Arguments.of("a\ud83db", "a\\ufffdb"),
        Arguments.of("a\ude00b", "a\\ufffdb"),
        Arguments.of("\ud83d", "\\ufffd"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void escapesAsGoDoes(String text, String expected) {
    assertThat(quoted(text)).isEqualTo(expected);
  }

  @Test
  void anyTextCanBeReadBackAndHoldsNothingRaw() {
    Random random = new Random(5);
    for (int i = 0; i < 5000; i++) {
      String text = text(random);
      String quoted = quoted(text);
      assertThat(quoted).doesNotContainPattern("[\\x00-\\x1f<>&\\u2028\\u2029]");
      assertThat(read(quoted)).isEqualTo(text);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(20); length > 0; length--) {
      int c =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> "<>&\"\\\u2028\u2029\u007f'/".charAt(random.nextInt(10));
            case 2 -> random.nextInt(0xd800);
            default -> 0x10000 + random.nextInt(0x100000);
          };
      text.appendCodePoint(c);
    }
    return text.toString();
  }

  private static String read(String quoted) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      assertThat(c).isNotEqualTo('"');
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = quoted.charAt(++i);
      switch (escape) {
        case 'u' -> {
          text.append((char) Integer.parseInt(quoted.substring(i + 1, i + 5), 16));
          i += 4;
        }
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case '"', '\\' -> text.append(escape);
        default -> throw new AssertionError("no escape: " + escape);
      }
    }
    return text.toString();
  }

  @Test
  void setsCommas() {
    GoJson json = new GoJson(16);
    json.begin().field("a", 1).key("list").beginList();
    json.begin().end().begin().field("x", "y").field("z", -2).end().endList();
    json.key("empty").beginList().endList().field("m", Labels.EMPTY);
    json.field("n", Labels.of("b", "2", "a", "1")).end();
    assertThat(json)
        .hasToString(
            "{\"a\":1,\"list\":[{},{\"x\":\"y\",\"z\":-2}],\"empty\":[],\"m\":{},"
                + "\"n\":{\"a\":\"1\",\"b\":\"2\"}}");
  }
}
