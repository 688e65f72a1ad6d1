package io.narthex.pushgateway.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.NameValidation;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricType;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import io.narthex.pushgateway.internal.exposition.TextWriter;
import io.narthex.pushgateway.internal.peer.WireText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken bodies are refused with a message, never with another exception; others round-trip. */
class ParserFuzzTest {
  private static final long SEED = 20_261_125;
  private static final int BODIES = 20_000;

  /** At least so many of a hundred bodies must be accepted, or the fuzz tests only the refusals. */
  private static final int MIN_ACCEPTED = 30;

  private static final List<String> LINES =
      List.of(
          "a 1",
          "a{x=\"1\"} 2",
          "b{x=\"ä\\n\\\"\\\\\",y=\"\"} -1.5e3",
          "# HELP a some \\\\ text",
          "# TYPE c counter",
          "c NaN",
          "# TYPE s summary",
          "s{quantile=\"0.5\",x=\"1\"} 1",
          "s_sum{x=\"1\"} 2",
          "s_count 3",
          "# TYPE h histogram",
          "h_bucket{le=\"+Inf\"} 3",
          "h_bucket{x=\"1\",le=\"0.5\"} 1.5",
          "h_sum 4",
          "h_count 3",
          "# a comment",
          "",
          "  d { x = \"1\" , } 5",
          "{\"e\",x=\"1\"} 1");

  private static final List<String> MESSAGES =
      List.of(
          "1:\"a\" 3:1 4:{2:{1:d1}}",
          "1:\"b\" 2:\"help\" 3:0 4:{1:{1:\"x\" 2:\"y\"} 3:{1:d1}} 4:{3:{1:d2} 6:5}",
          "1:\"c\" 3:2 4:{4:{1:4 2:d10.5 3:{1:d0.5 2:d2} 3:{1:d0.99 2:d4}}}",
          "1:\"d\" 3:4 4:{7:{1:4 2:d10.5 3:{1:2 2:d0.5} 3:{1:4 2:dInf}}}",
          "1:\"e\" 3:3 9:f1 4:{5:{1:d1 99:{1:1}}}",
          "1:\"f\" 3:5 4:{7:{4:d1.5 3:{4:d1.5 2:d0.5}}}");

  /** A parser. */
  private interface Parser {
    ParsedPush parse(byte[] body, int length) throws PushFormatException;
  }

  @Test
  void textBodies() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < BODIES; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n >= 0; n--) {
        text.append(LINES.get(random.nextInt(LINES.size()))).append('\n');
      }
      byte[] body =
          broken(text.toString().getBytes(StandardCharsets.UTF_8), random, " {}=\",\\\n#x1");
      accepted += isAccepted(ParserFuzzTest::parseText, body) ? 1 : 0;
    }
    assertThat(accepted * 100 / BODIES).isBetween(MIN_ACCEPTED, 90);
  }

  @Test
  void protobufBodies() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < BODIES; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int n = random.nextInt(4); n >= 0; n--) {
        out.writeBytes(WireText.delimited(MESSAGES.get(random.nextInt(MESSAGES.size()))));
      }
      byte[] body = broken(out.toByteArray(), random, "\0\1\2\10\22\32\177");
      accepted += isAccepted(ParserFuzzTest::parseProtobuf, body) ? 1 : 0;
    }
    assertThat(accepted * 100 / BODIES).isBetween(MIN_ACCEPTED, 90);
  }

  private static ParsedPush parseText(byte[] body, int length) throws PushFormatException {
    return TextParser.parse(body, length, anyAmount());
  }

  private static ParsedPush parseProtobuf(byte[] body, int length) throws PushFormatException {
    return ProtobufReader.parse(body, length, anyAmount());
  }

  private static IntakeMemory.Share anyAmount() {
    return new IntakeMemory(Long.MAX_VALUE).share(Long.MAX_VALUE);
  }

  private static byte[] broken(byte[] body, Random random, String alphabet) {
    for (int n = random.nextInt(3); n > 0 && body.length > 0; n--) {
      int at = random.nextInt(body.length);
      body[at] =
          (byte)
              (random.nextInt(4) == 0
                  ? random.nextInt(256)
                  : alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return body;
  }

  private static boolean isAccepted(Parser parser, byte[] body) {
    ParsedPush push;
    try {
      push = parser.parse(body, body.length);
    } catch (PushFormatException e) {
      assertThat(e).hasMessageMatching("(?s).{3,}");
      return false;
    }
    assertThat(push.families()).extracting(MetricFamily::name).doesNotHaveDuplicates();
    roundTrip(push);
    return true;
  }

  /** What is written as text is read as the same, where the text format can show it. */
  private static void roundTrip(ParsedPush push) {
    for (MetricFamily family : push.families()) {
      if (family.metrics().isEmpty() || "".equals(family.help()) || !isShown(family)) {
        continue;
      }
      TextWriter text = new TextWriter();
      text.write(family);
      byte[] written = text.toByteArray();
      try {
        List<MetricFamily> again = parseText(written, written.length).families();
        assertThat(again).hasSize(1);
        TextWriter second = new TextWriter();
        second.write(again.getFirst());
        assertThat(second.toByteArray())
            .asString(StandardCharsets.UTF_8)
            .isEqualTo(new String(written, StandardCharsets.UTF_8));
      } catch (PushFormatException e) {
        throw new AssertionError(new String(written, StandardCharsets.UTF_8), e);
      }
    }
  }

  private static boolean isShown(MetricFamily family) {
    boolean plain = family.type() != MetricType.SUMMARY && !family.type().isHistogram();
    long names = family.metrics().stream().map(Metric::labels).distinct().count();
    return family.metrics().stream().allMatch(metric -> isShown(family.type(), metric))
        && (plain || names == family.metrics().size());
  }

  private static boolean isShown(MetricType type, Metric metric) {
    List<String> names = metric.labels().stream().map(label -> label.name()).toList();
    return metric.value().fits(type)
        && names.stream().distinct().count() == names.size()
        && names.stream()
            .allMatch(
                name ->
                    NameValidation.LEGACY.isLabelName(name)
                        && !List.of("le", "quantile", "__name__").contains(name))
        && finite(metric);
  }

  /** Counts beyond those of the text format, and bounds that are no number, are not shown. */
  private static boolean finite(Metric metric) {
    return switch (metric.value()) {
      case MetricValue.Histogram histogram ->
          histogram.count().asDouble() >= 0
              && histogram.buckets().stream()
                  .allMatch(b -> b.count().asDouble() >= 0 && !Double.isNaN(b.upperBound()));
      case MetricValue.Summary summary ->
          summary.quantiles().stream().noneMatch(q -> Double.isNaN(q.quantile()))
              && summary.count() >= 0;
      default -> true;
    };
  }
}
