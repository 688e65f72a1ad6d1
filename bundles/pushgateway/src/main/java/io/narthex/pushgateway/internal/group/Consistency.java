package io.narthex.pushgateway.internal.group;

import io.narthex.api.model.Label;
import io.narthex.api.model.NameValidation;
import io.narthex.pushgateway.internal.exposition.GoQuote;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricText;
import io.narthex.pushgateway.internal.exposition.MetricType;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what makes a push inconsistent with itself and with the other groups, in upstream's words.
 * What was there before is consistent, so only what is pushed is looked at.
 */
final class Consistency {
  /** After so many errors no more are looked for. */
  private static final int MAX_ERRORS = 20;

  private static final String RESERVED = "__";

  private final FamilyIndex index;
  private final PushedGroup next;
  private final Set<String> pushed = new HashSet<>();
  private final List<String> errors = new ArrayList<>();

  private Consistency(FamilyIndex index, PushedGroup next) {
    this.index = index;
    this.next = next;
  }

  /**
   * What is wrong, as one text.
   *
   * @param index all groups as they are now
   * @param next the group as it would be
   * @param pushed the families that are new in it
   * @return null if nothing is wrong
   */
  static @Nullable String problem(FamilyIndex index, PushedGroup next, List<MetricFamily> pushed) {
    Consistency check = new Consistency(index, next);
    pushed.forEach(family -> check.pushed.add(family.name()));
    pushed.forEach(check::family);
    return check.text();
  }

  private @Nullable String text() {
    if (errors.isEmpty()) {
      return null;
    }
    if (errors.size() == 1) {
      return errors.getFirst();
    }
    StringBuilder text = new StringBuilder();
    text.append(errors.size()).append(" error(s) occurred:");
    errors.forEach(error -> text.append("\n* ").append(error));
    return text.toString();
  }

  private void family(MetricFamily family) {
    MetricType type = typeElsewhere(family);
    Set<List<Label>> seen = elsewhere(family);
    suffixes(family);
    for (Metric metric : family.metrics()) {
      if (errors.size() >= MAX_ERRORS) {
        return;
      }
      String wrong = metric(type, metric);
      if (wrong == null && !seen.add(metric.labels())) {
        wrong = "was collected before with the same name and label values";
      }
      if (wrong != null) {
        errors.add(
            "collected metric %s { %s} %s"
                .formatted(GoQuote.quote(family.name()), MetricText.of(metric), wrong));
      }
    }
  }

  /** The type that other groups give the family, or its own. */
  private MetricType typeElsewhere(MetricFamily family) {
    for (Map.Entry<GroupLabels, MetricFamily> entry : index.families(family.name()).entrySet()) {
      if (!entry.getKey().equals(next.labels())) {
        return entry.getValue().type();
      }
    }
    return family.type();
  }

  /** The labels of metrics of the same name in groups that may have the same ones. */
  private Set<List<Label>> elsewhere(MetricFamily family) {
    Set<List<Label>> seen = new HashSet<>();
    index
        .families(family.name())
        .forEach(
            (labels, other) -> {
              if (!labels.equals(next.labels()) && labels.mayShareMetrics(next.labels())) {
                other.metrics().forEach(metric -> seen.add(metric.labels()));
              }
            });
    return seen;
  }

  private static @Nullable String metric(MetricType type, Metric metric) {
    if (!metric.value().fits(type)) {
      return "is not a " + type;
    }
    String previous = "";
    for (Label label : metric.labels()) {
      String name = label.name();
      if (name.equals(previous)) {
        return "has two or more labels with the same name: " + name;
      }
      if (!NameValidation.LEGACY.isLabelName(name) || name.startsWith(RESERVED)) {
        return "has a label with an invalid name: " + name;
      }
      if (name.equals(explicit(metric.value()))) {
        return "must not have an explicit %s label".formatted(GoQuote.quote(name));
      }
      previous = name;
    }
    return null;
  }

  /** The label that the text format adds, and a push must not have. */
  private static String explicit(MetricValue value) {
    return switch (value) {
      case MetricValue.Summary summary -> "quantile";
      case MetricValue.Histogram histogram -> "le";
      default -> "";
    };
  }

  /** What the text format makes of summaries and histograms must not be the name of another. */
  private void suffixes(MetricFamily family) {
    String name = family.name();
    String whole = withoutSuffix(name);
    MetricType wholeType = whole.isEmpty() ? null : typeOf(whole);
    if (wholeType == MetricType.SUMMARY && !name.endsWith("_bucket")) {
      errors.add(
          "collected metric named %s collides with previously collected summary named %s"
              .formatted(GoQuote.quote(name), GoQuote.quote(whole)));
    } else if (wholeType != null && wholeType.isHistogram()) {
      errors.add(
          "collected metric named %s collides with previously collected histogram named %s"
              .formatted(GoQuote.quote(name), GoQuote.quote(whole)));
    }
    boolean histogram = family.type().isHistogram();
    if (histogram || family.type() == MetricType.SUMMARY) {
      taken("histogram or summary", name, "_count");
      taken("histogram or summary", name, "_sum");
    }
    if (histogram) {
      taken("histogram", name, "_bucket");
    }
  }

  private void taken(String what, String name, String suffix) {
    // If both are pushed, the other one says it.
    if (index.has(name + suffix, next.labels()) || isKept(name + suffix)) {
      errors.add(
          "collected %s named %s collides with previously collected metric named %s"
              .formatted(what, GoQuote.quote(name), GoQuote.quote(name + suffix)));
    }
  }

  private boolean isKept(String name) {
    return next.families().containsKey(name) && !pushed.contains(name);
  }

  private @Nullable MetricType typeOf(String name) {
    StoredFamily own = next.families().get(name);
    if (own != null) {
      return own.family().type();
    }
    for (Map.Entry<GroupLabels, MetricFamily> entry : index.families(name).entrySet()) {
      if (!entry.getKey().equals(next.labels())) {
        return entry.getValue().type();
      }
    }
    return null;
  }

  private static String withoutSuffix(String name) {
    for (String suffix : List.of("_count", "_sum", "_bucket")) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return "";
  }
}
