package io.narthex.exporter.host.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.spi.exporter.MetricSink;
import io.narthex.spi.exporter.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextSinkTest {
  private final TextSink sink = new TextSink(100_000);

  @Test
  void writesTheTextFormat() {
    sink.family("dice_rolls_total", MetricType.COUNTER, "Rolls, \\ and\n\"more\".")
        .sample(3, "face", "6", "colour", "a\"b\\c\nd")
        .sample(0, "face", "é€😀", "colour", "");
    sink.family("temp:celsius", MetricType.GAUGE, "").sample(-0.5).sample(Double.NaN, "a", "b");
    sink.family("h", MetricType.HISTOGRAM, "H.")
        .suffixed("_bucket", 1, "le", "0.5")
        .suffixed("_bucket", 2, "le", "+Inf")
        .suffixed("_sum", 1e300)
        .suffixed("_count", 2);
    sink.family("s", MetricType.SUMMARY, "S.")
        .sample(0.25, "quantile", "0.5")
        .suffixed("_sum", 7)
        .suffixed("_count", 2);
    sink.family("u", MetricType.UNTYPED, "U.").sample(1);
    assertThat(text())
        .isEqualTo(
            """
            # HELP dice_rolls_total Rolls, \\\\ and\\n"more".
            # TYPE dice_rolls_total counter
            dice_rolls_total{face="6",colour="a\\"b\\\\c\\nd"} 3
            dice_rolls_total{face="é€😀",colour=""} 0
            # TYPE temp:celsius gauge
            temp:celsius -0.5
            temp:celsius{a="b"} NaN
            # HELP h H.
            # TYPE h histogram
            h_bucket{le="0.5"} 1
            h_bucket{le="+Inf"} 2
            h_sum 1.0E300
            h_count 2
            # HELP s S.
            # TYPE s summary
            s{quantile="0.5"} 0.25
            s_sum 7
            s_count 2
            # HELP u U.
            # TYPE u untyped
            u 1
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0.0",
    "9007199254740991,9007199254740991",
    "9007199254740992,9.007199254740992E15",
    "0.1,0.1",
    "Infinity,+Inf",
    "-Infinity,-Inf",
    "NaN,NaN"
  })
  void writesNumbers(double value, String expected) {
    sink.family("g", MetricType.GAUGE, "").sample(value);
    assertThat(text()).endsWith("g " + expected + "\n");
  }

  @Test
  void numbersReadBackAsTheyWere() {
    Random random = new Random(20261124);
    for (int i = 0; i < 50_000; i++) {
      double value =
          i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextLong() >> 20;
      TextBuffer buffer = new TextBuffer(64);
      buffer.putNumber(value);
      String text = new String(buffer.toBytes(), StandardCharsets.US_ASCII);
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(text)).isEqualTo(value);
      }
    }
  }

  @Test
  void writesUtf8LikeTheJdk() {
    Random random = new Random(20261124);
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(8, 0x20, 0x110000)
              .filter(c -> c < 0xd800 || c > 0xdfff)
              .filter(c -> c != '\\' && c != '"')
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      TextBuffer buffer = new TextBuffer(64);
      buffer.putEscaped(text, true);
      assertThat(buffer.toBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Arguments refused(String message, Consumer<MetricSink> use) {
    return Arguments.of(message, use);
  }

  static Stream<Arguments> refusals() {
    String name =
        "\" is not valid: it is of letters, digits, _ and :, and does not begin with a digit";
    String label =
        "\" of \"g\" is not valid: it is of letters, digits and _, and does not begin with a digit";
    String parts =
        " does not fit \"%s\": histograms have _bucket, _sum and _count, summaries _sum and _count,"
            + " others none";
    return Stream.of(
        refused("metric name \"" + name, s -> gauge(s, "")),
        refused("metric name \"1a" + name, s -> gauge(s, "1a")),
        refused("metric name \"a-b" + name, s -> gauge(s, "a-b")),
        refused("metric name \"é" + name, s -> gauge(s, "é")),
        refused("metric name \"a b" + name, s -> gauge(s, "a b")),
        refused(
            "counter \"c\" has to end in _total: \"c_total\"",
            s -> s.family("c", MetricType.COUNTER, "")),
        refused(
            "the name of family \"h_bucket\" goes without _bucket, _sum and _count; these are given"
                + " with each sample",
            s -> s.family("h_bucket", MetricType.HISTOGRAM, "")),
        refused(
            "the name of family \"s_sum\" goes without _bucket, _sum and _count; these are given"
                + " with each sample",
            s -> s.family("s_sum", MetricType.SUMMARY, "")),
        refused(
            "family \"g\" was begun before; each name may begin one family per collection",
            s -> {
              gauge(s, "g");
              gauge(s, "g");
            }),
        refused(
            "family \"h_count\" cannot be there beside family \"h\": both have samples named"
                + " \"h_count\"",
            s -> {
              s.family("h", MetricType.HISTOGRAM, "");
              gauge(s, "h_count");
            }),
        refused(
            "family \"h\" cannot be there beside family \"h_sum\": both have samples named"
                + " \"h_sum\"",
            s -> {
              gauge(s, "h_sum");
              s.family("h", MetricType.SUMMARY, "");
            }),
        refused(
            "a sample of family \"a\" came after family \"b\" was begun; the samples of a family"
                + " stay together",
            s -> {
              MetricSink.Family a = gauge(s, "a");
              gauge(s, "b");
              a.sample(1);
            }),
        refused(
            "labels of \"g\" are pairs of a name and a value, got 3 strings",
            s -> gauge(s, "g").sample(1, "a", "b", "c")),
        refused("label name \"" + label, s -> gauge(s, "g").sample(1, "", "b")),
        refused("label name \"a:b" + label, s -> gauge(s, "g").sample(1, "a:b", "b")),
        refused("label name \"0" + label, s -> gauge(s, "g").sample(1, "0", "b")),
        refused(
            "\"g\" must not have the label __name__, which is the metric's name",
            s -> gauge(s, "g").sample(1, "__name__", "b")),
        refused(
            "label \"a\" of \"g\" is given twice",
            s -> gauge(s, "g").sample(1, "a", "1", "b", "2", "a", "3")),
        refused(
            "the value of label \"a\" of \"g\" is no text: character 1 is half of a surrogate pair",
            s -> gauge(s, "g").sample(1, "a", "x\ud83d")),
        refused(
            "the help of \"g\" is no text: character 0 is half of a surrogate pair",
            s -> s.family("g", MetricType.GAUGE, "\ude00x")),
        refused(
            "counter \"c_total\" is -1.0, and a counter is never below 0",
            s -> s.family("c_total", MetricType.COUNTER, "").sample(-1)),
        refused(
            "histogram \"h\" has no samples of its own name, only with the suffixes _bucket, _sum"
                + " and _count",
            s -> s.family("h", MetricType.HISTOGRAM, "").sample(1)),
        refused("suffix \"_sum\"" + parts.formatted("g"), s -> gauge(s, "g").suffixed("_sum", 1)),
        refused(
            "suffix \"_bucket\"" + parts.formatted("s"),
            s -> s.family("s", MetricType.SUMMARY, "").suffixed("_bucket", 1, "le", "1")),
        refused(
            "suffix \"\"" + parts.formatted("h"),
            s -> s.family("h", MetricType.HISTOGRAM, "").suffixed("", 1)),
        refused(
            "a bucket of \"h\" needs the label \"le\"",
            s -> s.family("h", MetricType.HISTOGRAM, "").suffixed("_bucket", 1, "a", "b")),
        refused(
            "label \"le\" of \"h\" has to be a number or +Inf, got \"one\"",
            s -> s.family("h", MetricType.HISTOGRAM, "").suffixed("_bucket", 1, "le", "one")),
        refused(
            "a sample of a summary of \"s\" needs the label \"quantile\"",
            s -> s.family("s", MetricType.SUMMARY, "").sample(1)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatIsNoMetric(String message, Consumer<MetricSink> use) {
    assertThatThrownBy(() -> use.accept(sink))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aRefusedSampleLeavesNothingBehind() {
    MetricSink.Family family = gauge(sink, "g");
    assertThatThrownBy(() -> family.sample(1, "a")).isInstanceOf(IllegalArgumentException.class);
    family.sample(2);
    assertThat(text()).isEqualTo("# TYPE g gauge\ng 2\n");
  }

  @Test
  void theLimitIsExact() {
    String whole = "# TYPE g gauge\ng 1\n";
    TextSink fits = new TextSink(whole.length());
    gauge(fits, "g").sample(1);
    assertThat(new String(fits.text(), StandardCharsets.UTF_8)).isEqualTo(whole);
    MetricSink.Family family = gauge(new TextSink(whole.length() - 1), "g");
    assertThatThrownBy(() -> family.sample(1))
        .hasMessage("the metrics of one collection are more than 18 bytes of text");
  }

  @Test
  void isOfNoUseAfterTheCollection() {
    MetricSink.Family family = gauge(sink, "g");
    sink.close();
    assertThatThrownBy(() -> family.sample(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the metric sink was used after collect had returned");
    assertThatThrownBy(() -> gauge(sink, "h")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isOfNoUseOnAnotherThread() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other =
        Thread.ofPlatform()
            .name("other")
            .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
            .start(() -> gauge(sink, "g"));
    other.join();
    assertThat(thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the metric sink was used on thread other;");
  }

  private static MetricSink.Family gauge(MetricSink sink, String name) {
    return sink.family(name, MetricType.GAUGE, "");
  }

  private String text() {
    return new String(sink.text(), StandardCharsets.UTF_8);
  }
}
