package io.narthex.pushgateway.internal.intake;

import io.narthex.api.model.Label;
import io.narthex.pushgateway.internal.exposition.MemoryWeight;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A family of a text body whose lines are still being read. */
final class FamilyDraft {
  private static final Comparator<Label> BY_NAME = Comparator.comparing(Label::name);

  final String name;
  @Nullable String help;

  /** Null until a line says or implies it. */
  @Nullable MetricType type;

  private final List<MetricDraft> metrics = new ArrayList<>();

  /** The metrics of summaries and histograms, whose lines belong together, by their labels. */
  private final Map<List<Label>, MetricDraft> grouped = new HashMap<>();

  FamilyDraft(String name) {
    this.name = name;
  }

  /** The label that a line of this family has beside those of its metric; "" if it has none. */
  String extraLabel() {
    MetricType known = type;
    if (known == MetricType.SUMMARY) {
      return "quantile";
    }
    return known != null && known.isHistogram() ? "le" : "";
  }

  /** The metric with these labels: another one for each line, but for summaries and histograms. */
  MetricDraft metric(List<Label> labels, IntakeMemory.Share memory) throws PushTooLargeException {
    if (extraLabel().isEmpty()) {
      memory.add(MemoryWeight.METRIC);
      return added(labels);
    }
    List<Label> key = labels.stream().sorted(BY_NAME).toList();
    MetricDraft known = grouped.get(key);
    if (known != null) {
      return known;
    }
    memory.add(MemoryWeight.METRIC + MemoryWeight.PART);
    MetricDraft metric = added(labels);
    grouped.put(key, metric);
    return metric;
  }

  private MetricDraft added(List<Label> labels) {
    MetricDraft metric = new MetricDraft(labels);
    metrics.add(metric);
    return metric;
  }

  boolean isEmpty() {
    return metrics.isEmpty();
  }

  MetricFamily build() {
    MetricType known = type == null ? MetricType.UNTYPED : type;
    List<Metric> built = new ArrayList<>(metrics.size());
    for (MetricDraft metric : metrics) {
      built.add(metric.build(known));
    }
    return new MetricFamily(name, help, known, built);
  }
}
