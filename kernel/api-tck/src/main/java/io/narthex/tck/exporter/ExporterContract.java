package io.narthex.tck.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.spi.exporter.Exporter;
import io.narthex.spi.exporter.MetricType;
import io.narthex.tck.exporter.CollectedMetrics.CollectedFamily;
import io.narthex.tck.exporter.CollectedMetrics.CollectedSample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Exporter} must do. A test class of yours extends this one and says how the
 * exporter is made.
 */
public abstract class ExporterContract {
  /** Narthex' scrape timeout; an exporter that needs longer is down. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final String METRIC_NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL_NAME = "[a-zA-Z_][a-zA-Z0-9_]*";

  /** The exporter, ready to be collected from; a new one for each call. */
  protected abstract Exporter exporter() throws Exception;

  @Test
  void hasMetricsInTime() throws Exception {
    Exporter exporter = exporter();
    CollectedMetrics collected =
        Assertions.assertTimeoutPreemptively(LIMIT, () -> CollectedMetrics.of(exporter));
    assertThat(collected.families()).as("families").isNotEmpty();
    assertThat(collected.families().stream().mapToInt(family -> family.samples().size()).sum())
        .as("samples")
        .isPositive();
  }

  @Test
  void everyNameAndLabelIsValid() throws Exception {
    for (CollectedFamily family : CollectedMetrics.of(exporter()).families()) {
      assertThat(family.name()).as("metric name").matches(METRIC_NAME);
      if (family.type() == MetricType.COUNTER) {
        assertThat(family.name()).as("name of a counter").endsWith("_total");
      }
      for (CollectedSample sample : family.samples()) {
        assertThat(sample.labels().keySet())
            .as("label names of %s", sample.name())
            .allMatch(label -> label.matches(LABEL_NAME))
            .doesNotContain("__name__");
      }
    }
  }

  @Test
  void everyFamilyHasAHelp() throws Exception {
    for (CollectedFamily family : CollectedMetrics.of(exporter()).families()) {
      assertThat(family.help()).as("help of %s", family.name()).isNotBlank();
    }
  }

  @Test
  void noFamilyAndNoSeriesIsThereTwice() throws Exception {
    CollectedMetrics collected = CollectedMetrics.of(exporter());
    assertThat(collected.beginnings()).as("families").doesNotHaveDuplicates();
    assertThat(
            collected.families().stream()
                .flatMap(family -> family.samples().stream())
                .map(sample -> sample.name() + sample.labels()))
        .as("series")
        .doesNotHaveDuplicates();
  }

  @Test
  void everySampleFitsTheTypeOfItsFamily() throws Exception {
    for (CollectedFamily family : CollectedMetrics.of(exporter()).families()) {
      List<String> suffixes =
          switch (family.type()) {
            case HISTOGRAM -> List.of("_bucket", "_sum", "_count");
            case SUMMARY -> List.of("", "_sum", "_count");
            case COUNTER, GAUGE, UNTYPED -> List.of("");
          };
      for (CollectedSample sample : family.samples()) {
        assertThat(suffixes)
            .as("suffix of %s in the %s %s", sample.name(), family.type(), family.name())
            .contains(sample.name().substring(family.name().length()));
      }
    }
  }

  @Test
  void bucketsOfHistogramsAddUp() throws Exception {
    CollectedMetrics collected = CollectedMetrics.of(exporter());
    for (CollectedFamily family : collected.families()) {
      if (family.type() == MetricType.HISTOGRAM) {
        buckets(family)
            .forEach((labels, buckets) -> checkBuckets(collected, family, labels, buckets));
      }
    }
  }

  private static void checkBuckets(
      CollectedMetrics collected,
      CollectedFamily family,
      Map<String, String> labels,
      TreeMap<Double, Double> buckets) {
    String what = "buckets of %s%s".formatted(family.name(), labels);
    assertThat(buckets.lastKey()).as("last of the " + what).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(List.copyOf(buckets.values())).as("counts in the " + what).isSorted();
    String[] pairs =
        labels.entrySet().stream()
            .flatMap(label -> List.of(label.getKey(), label.getValue()).stream())
            .toArray(String[]::new);
    assertThat(collected.value(family.name() + "_count", pairs))
        .as("_count beside the " + what)
        .isEqualTo(buckets.lastEntry().getValue());
    collected.value(family.name() + "_sum", pairs);
  }

  private static Map<Map<String, String>, TreeMap<Double, Double>> buckets(CollectedFamily family) {
    Map<Map<String, String>, TreeMap<Double, Double>> byLabels = new HashMap<>();
    for (CollectedSample sample : family.samples()) {
      if (sample.name().equals(family.name() + "_bucket")) {
        Map<String, String> labels = new TreeMap<>(sample.labels());
        String bound = labels.remove("le");
        if (bound == null) {
          throw new AssertionError("a bucket needs the label le: " + sample);
        }
        double number = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        byLabels.computeIfAbsent(labels, ignored -> new TreeMap<>()).put(number, sample.value());
      }
    }
    return byLabels;
  }

  @Test
  void countersNeverFall() throws Exception {
    Exporter exporter = exporter();
    CollectedMetrics first = CollectedMetrics.of(exporter);
    CollectedMetrics second = CollectedMetrics.of(exporter);
    for (CollectedFamily family : first.families()) {
      if (family.type() == MetricType.COUNTER) {
        for (CollectedSample sample : family.samples()) {
          assertThat(sample.value()).as("%s", sample).isGreaterThanOrEqualTo(0);
          valueIn(second, sample)
              .ifPresent(
                  later ->
                      assertThat(later)
                          .as("%s later", sample)
                          .isGreaterThanOrEqualTo(sample.value()));
        }
      }
    }
  }

  private static Optional<Double> valueIn(CollectedMetrics later, CollectedSample sample) {
    return later.families().stream()
        .flatMap(family -> family.samples().stream())
        .filter(other -> other.name().equals(sample.name()))
        .filter(other -> other.labels().equals(sample.labels()))
        .map(CollectedSample::value)
        .findFirst();
  }

  @Test
  void mayBeCollectedFromByTwoAtOnce() throws Exception {
    Exporter exporter = exporter();
    CompletableFuture<?>[] both = new CompletableFuture<?>[2];
    for (int i = 0; i < both.length; i++) {
      both[i] =
          CompletableFuture.runAsync(
              () -> {
                try {
                  CollectedMetrics.of(exporter);
                } catch (Exception e) {
                  throw new IllegalStateException("collecting twice at once failed", e);
                }
              });
    }
    CompletableFuture.allOf(both).get(2 * LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
