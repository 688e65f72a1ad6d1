package io.narthex.exporters.sdk.osgi;

import io.narthex.spi.exporter.Exporter;
import io.narthex.spi.exporter.MetricSink;
import io.narthex.spi.exporter.MetricSink.Family;
import io.narthex.spi.exporter.MetricType;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;

/**
 * An {@link Exporter} that hands over what is in a registry of the official Prometheus Java client,
 * as that client's own text format 0.0.4 would show it: infos and state sets become gauges; of a
 * histogram that is only native the count and the sum are left. Extend it in a DS component:
 *
 * <pre>{@code
 * @Component(service = Exporter.class, immediate = true, property = Exporter.NAME + "=shop")
 * public final class ShopExporter extends RegistryExporter {
 *   public ShopExporter() {
 *     super(Shop.REGISTRY);
 *   }
 * }
 * }</pre>
 */
public class RegistryExporter implements Exporter {
  private final PrometheusRegistry registry;

  /** Hands over what is in this registry. */
  public RegistryExporter(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void collect(MetricSink sink) {
    for (MetricSnapshot snapshot : registry.scrape()) {
      write(sink, snapshot);
    }
  }

  private static void write(MetricSink sink, MetricSnapshot snapshot) {
    String name = snapshot.getMetadata().getPrometheusName();
    switch (snapshot) {
      case CounterSnapshot counter -> {
        Family family = begin(sink, snapshot, ending(name, "_total"), MetricType.COUNTER);
        counter.getDataPoints().forEach(p -> family.sample(p.getValue(), pairs(p.getLabels())));
      }
      case GaugeSnapshot gauge -> {
        Family family = begin(sink, snapshot, name, MetricType.GAUGE);
        gauge.getDataPoints().forEach(p -> family.sample(p.getValue(), pairs(p.getLabels())));
      }
      case UnknownSnapshot unknown -> {
        Family family = begin(sink, snapshot, name, MetricType.UNTYPED);
        unknown.getDataPoints().forEach(p -> family.sample(p.getValue(), pairs(p.getLabels())));
      }
      case InfoSnapshot info -> {
        Family family = begin(sink, snapshot, ending(name, "_info"), MetricType.GAUGE);
        info.getDataPoints().forEach(p -> family.sample(1, pairs(p.getLabels())));
      }
      case StateSetSnapshot states -> {
        Family family = begin(sink, snapshot, name, MetricType.GAUGE);
        states.getDataPoints().forEach(p -> writeStates(family, name, p));
      }
      case HistogramSnapshot histogram -> {
        Family family = begin(sink, snapshot, name, MetricType.HISTOGRAM);
        histogram.getDataPoints().forEach(p -> writeHistogram(family, p));
      }
      case SummarySnapshot summary -> {
        Family family = begin(sink, snapshot, name, MetricType.SUMMARY);
        summary.getDataPoints().forEach(p -> writeSummary(family, p));
      }
      default ->
          throw new IllegalStateException(
              "metric \"%s\" is of a kind that the text format does not have: %s"
                  .formatted(name, snapshot.getClass().getSimpleName()));
    }
  }

  private static Family begin(
      MetricSink sink, MetricSnapshot snapshot, String name, MetricType type) {
    String help = snapshot.getMetadata().getHelp();
    return sink.family(name, type, help == null ? "" : help);
  }

  private static void writeStates(
      Family family, String name, StateSetSnapshot.StateSetDataPointSnapshot point) {
    for (int i = 0; i < point.size(); i++) {
      family.sample(point.isTrue(i) ? 1 : 0, pairs(point.getLabels(), name, point.getName(i)));
    }
  }

  private static void writeHistogram(
      Family family, HistogramSnapshot.HistogramDataPointSnapshot point) {
    if (point.hasClassicHistogramData()) {
      ClassicHistogramBuckets buckets = point.getClassicBuckets();
      long cumulative = 0;
      for (int i = 0; i < buckets.size(); i++) {
        cumulative += buckets.getCount(i);
        String bound = bound(buckets.getUpperBound(i));
        family.suffixed("_bucket", cumulative, pairs(point.getLabels(), "le", bound));
      }
    } else {
      family.suffixed("_bucket", point.getCount(), pairs(point.getLabels(), "le", "+Inf"));
    }
    writeSumAndCount(family, point);
  }

  private static void writeSummary(Family family, SummarySnapshot.SummaryDataPointSnapshot point) {
    for (Quantile quantile : point.getQuantiles()) {
      String text = bound(quantile.getQuantile());
      family.sample(quantile.getValue(), pairs(point.getLabels(), "quantile", text));
    }
    writeSumAndCount(family, point);
  }

  private static void writeSumAndCount(Family family, DistributionDataPointSnapshot point) {
    if (point.hasSum()) {
      family.suffixed("_sum", point.getSum(), pairs(point.getLabels()));
    }
    if (point.hasCount()) {
      family.suffixed("_count", point.getCount(), pairs(point.getLabels()));
    }
  }

  private static String bound(double value) {
    return value == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(value);
  }

  private static String ending(String name, String suffix) {
    return name.endsWith(suffix) ? name : name + suffix;
  }

  /** Names and values alternating, as the sink wants them, with more at the end. */
  private static String[] pairs(Labels labels, String... more) {
    String[] pairs = new String[2 * labels.size() + more.length];
    for (int i = 0; i < labels.size(); i++) {
      pairs[2 * i] = labels.getPrometheusName(i);
      pairs[2 * i + 1] = labels.getValue(i);
    }
    System.arraycopy(more, 0, pairs, 2 * labels.size(), more.length);
    return pairs;
  }
}
