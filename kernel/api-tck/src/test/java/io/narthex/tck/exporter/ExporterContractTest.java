package io.narthex.tck.exporter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.spi.exporter.Exporter;
import io.narthex.spi.exporter.MetricType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract accepts a good exporter and refuses each kind of bad one. */
class ExporterContractTest {
  @Nested
  class Good extends ExporterContract {
    @Override
    protected Exporter exporter() {
      return sink -> {
        sink.family("c_total", MetricType.COUNTER, "C.").sample(1, "a", "b");
        sink.family("h", MetricType.HISTOGRAM, "H.")
            .suffixed("_bucket", 1, "le", "1")
            .suffixed("_bucket", 3, "le", "+Inf")
            .suffixed("_sum", 7)
            .suffixed("_count", 3);
        sink.family("s", MetricType.SUMMARY, "S.").sample(1, "quantile", "0.5").suffixed("_sum", 1);
      };
    }
  }

  private interface Check {
    void run(ExporterContract contract) throws Exception;
  }

  private static Arguments bad(String message, Check check, Exporter exporter) {
    return Arguments.of(message, check, exporter);
  }

  static Stream<Arguments> bads() {
    AtomicInteger falling = new AtomicInteger(10);
    return Stream.of(
        bad("families", ExporterContract::hasMetricsInTime, sink -> {}),
        bad(
            "samples",
            ExporterContract::hasMetricsInTime,
            sink -> sink.family("g", MetricType.GAUGE, "G.")),
        bad(
            "metric name",
            ExporterContract::everyNameAndLabelIsValid,
            sink -> sink.family("a-b", MetricType.GAUGE, "G.").sample(1)),
        bad(
            "name of a counter",
            ExporterContract::everyNameAndLabelIsValid,
            sink -> sink.family("c", MetricType.COUNTER, "C.").sample(1)),
        bad(
            "label names of g",
            ExporterContract::everyNameAndLabelIsValid,
            sink -> sink.family("g", MetricType.GAUGE, "G.").sample(1, "__name__", "x")),
        bad(
            "help of g",
            ExporterContract::everyFamilyHasAHelp,
            sink -> sink.family("g", MetricType.GAUGE, "").sample(1)),
        bad(
            "families",
            ExporterContract::noFamilyAndNoSeriesIsThereTwice,
            sink -> {
              sink.family("g", MetricType.GAUGE, "G.");
              sink.family("g", MetricType.GAUGE, "G.");
            }),
        bad(
            "series",
            ExporterContract::noFamilyAndNoSeriesIsThereTwice,
            sink ->
                sink.family("g", MetricType.GAUGE, "G.")
                    .sample(1, "a", "1", "b", "2")
                    .sample(1, "b", "2", "a", "1")),
        bad(
            "suffix of g_sum",
            ExporterContract::everySampleFitsTheTypeOfItsFamily,
            sink -> sink.family("g", MetricType.GAUGE, "G.").suffixed("_sum", 1)),
        bad(
            "a bucket needs the label le",
            ExporterContract::bucketsOfHistogramsAddUp,
            sink -> sink.family("h", MetricType.HISTOGRAM, "H.").suffixed("_bucket", 1)),
        bad(
            "last of the buckets of h{}",
            ExporterContract::bucketsOfHistogramsAddUp,
            sink -> sink.family("h", MetricType.HISTOGRAM, "H.").suffixed("_bucket", 1, "le", "1")),
        bad(
            "counts in the buckets of h{}",
            ExporterContract::bucketsOfHistogramsAddUp,
            sink ->
                sink.family("h", MetricType.HISTOGRAM, "H.")
                    .suffixed("_bucket", 2, "le", "1")
                    .suffixed("_bucket", 1, "le", "+Inf")),
        bad(
            "_count beside the buckets of h{}",
            ExporterContract::bucketsOfHistogramsAddUp,
            sink ->
                sink.family("h", MetricType.HISTOGRAM, "H.")
                    .suffixed("_bucket", 1, "le", "+Inf")
                    .suffixed("_count", 2)),
        bad(
            "later",
            ExporterContract::countersNeverFall,
            sink ->
                sink.family("c_total", MetricType.COUNTER, "C.")
                    .sample(falling.getAndDecrement())));
  }

  @ParameterizedTest
  @MethodSource("bads")
  void refuses(String message, Check check, Exporter exporter) {
    ExporterContract contract =
        new ExporterContract() {
          @Override
          protected Exporter exporter() {
            return exporter;
          }
        };
    assertThatThrownBy(() -> check.run(contract))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }
}
