package io.narthex.pushgateway.internal.group;

import io.narthex.api.model.Label;
import io.narthex.api.model.Utf8Order;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What all groups expose together: one family for each name, all in upstream's order. */
public final class Exposition {
  private Exposition() {}

  /**
   * The families of these names.
   *
   * <p>If groups have different help texts for a family, that of the oldest group is taken.
   */
  public static List<MetricFamily> of(List<PushedGroup> groups, Predicate<String> names) {
    Map<String, MetricFamily> first = new TreeMap<>(Utf8Order.COMPARATOR);
    Map<String, List<Metric>> metrics = new TreeMap<>(Utf8Order.COMPARATOR);
    for (PushedGroup group : groups) {
      for (StoredFamily stored : group.families().values()) {
        add(first, metrics, stored.family(), names);
      }
      for (StoredFamily stored : group.times()) {
        add(first, metrics, stored.family(), names);
      }
    }
    List<MetricFamily> all = new ArrayList<>(first.size());
    metrics.forEach(
        (name, list) -> {
          list.sort(Exposition::compare);
          MetricFamily family = first.get(name);
          if (family != null) {
            all.add(family.withMetrics(list));
          }
        });
    return all;
  }

  private static void add(
      Map<String, MetricFamily> first,
      Map<String, List<Metric>> metrics,
      MetricFamily family,
      Predicate<String> names) {
    if (names.test(family.name())) {
      first.putIfAbsent(family.name(), family);
      metrics.computeIfAbsent(family.name(), n -> new ArrayList<>()).addAll(family.metrics());
    }
  }

  /** Those with fewer labels first, then by the values, and last by the names. */
  private static int compare(Metric a, Metric b) {
    List<Label> left = a.labels();
    List<Label> right = b.labels();
    int order = Integer.compare(left.size(), right.size());
    for (int i = 0; order == 0 && i < left.size(); i++) {
      order = Utf8Order.compare(left.get(i).value(), right.get(i).value());
    }
    for (int i = 0; order == 0 && i < left.size(); i++) {
      order = Utf8Order.compare(left.get(i).name(), right.get(i).name());
    }
    return order;
  }
}
