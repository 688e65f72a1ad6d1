package io.narthex.rules.internal.file;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Utf8Order;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rule as a file defines it, checked. Rules that say the same are equal. */
public sealed interface RuleDefinition {
  /** The metric that it records, or the alert's name. */
  String name();

  /** Its expression, on one line. */
  String expression();

  /** Its labels over its group's; an empty value removes the label. */
  SortedMap<String, String> labels();

  /** Its labels, as they are shown. */
  default Labels labelSet() {
    return Labels.of(labels());
  }

  /** Records its expression as a series of its own. */
  record Recording(String name, String expression, SortedMap<String, String> labels)
      implements RuleDefinition {
    /** Copies the labels. */
    public Recording {
      labels = sorted(labels);
    }
  }

  /**
   * Makes alerts of the series that its expression gives; labels and annotations are templates.
   *
   * @param holdFor how long an alert is pending before it fires
   * @param keepFiringFor how long an alert fires on when the expression gives it no more
   */
  record Alerting(
      String name,
      String expression,
      SortedMap<String, String> labels,
      Duration holdFor,
      Duration keepFiringFor,
      SortedMap<String, String> annotations)
      implements RuleDefinition {
    /** Copies labels and annotations. */
    public Alerting {
      labels = sorted(labels);
      annotations = sorted(annotations);
    }
  }

  private static SortedMap<String, String> sorted(Map<String, String> texts) {
    TreeMap<String, String> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
    sorted.putAll(texts);
    return Collections.unmodifiableSortedMap(sorted);
  }
}
