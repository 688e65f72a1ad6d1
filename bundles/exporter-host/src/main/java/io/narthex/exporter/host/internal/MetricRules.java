package io.narthex.exporter.host.internal;

import io.narthex.spi.exporter.MetricType;

/**
 * What is a metric of the text format 0.0.4 and what is not. Every refusal says what would be
 * right.
 */
final class MetricRules {
  private MetricRules() {}

  static void checkFamily(String name, MetricType type) {
    if (!isMetricName(name)) {
      throw RefusedMetricException.bad(
          ("metric name \"%s\" is not valid: it is of letters, digits, _ and :,"
                  + " and does not begin with a digit")
              .formatted(name));
    }
    if (type == MetricType.COUNTER && !name.endsWith("_total")) {
      throw RefusedMetricException.bad(
          "counter \"%s\" has to end in _total: \"%s_total\"".formatted(name, name));
    }
    boolean hasParts = type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
    if (hasParts && hasPartSuffix(name)) {
      throw RefusedMetricException.bad(
          ("the name of family \"%s\" goes without _bucket, _sum and _count;"
                  + " these are given with each sample")
              .formatted(name));
    }
  }

  /** Checks a sample of the family's own name. */
  static void checkSample(String family, MetricType type, double value, String[] labels) {
    if (type == MetricType.HISTOGRAM) {
      throw RefusedMetricException.bad(
          ("histogram \"%s\" has no samples of its own name, only with the"
                  + " suffixes _bucket, _sum and _count")
              .formatted(family));
    }
    if (type == MetricType.COUNTER && value < 0) {
      throw RefusedMetricException.bad(
          "counter \"%s\" is %s, and a counter is never below 0".formatted(family, value));
    }
    checkLabels(family, labels);
    if (type == MetricType.SUMMARY) {
      checkNumber(family, "a sample of a summary", "quantile", labels);
    }
  }

  /** Checks a sample of the family's name with a suffix. */
  static void checkPart(String family, MetricType type, String suffix, String[] labels) {
    boolean fits =
        switch (type) {
          case HISTOGRAM -> isPartSuffix(suffix);
          case SUMMARY -> isPartSuffix(suffix) && !suffix.equals("_bucket");
          case COUNTER, GAUGE, UNTYPED -> false;
        };
    if (!fits) {
      throw RefusedMetricException.bad(
          ("suffix \"%s\" does not fit \"%s\": histograms have _bucket, _sum and"
                  + " _count, summaries _sum and _count, others none")
              .formatted(suffix, family));
    }
    checkLabels(family, labels);
    if (suffix.equals("_bucket")) {
      checkNumber(family, "a bucket", "le", labels);
    }
  }

  private static void checkLabels(String family, String[] labels) {
    if (labels.length % 2 != 0) {
      throw RefusedMetricException.bad(
          "labels of \"%s\" are pairs of a name and a value, got %d strings"
              .formatted(family, labels.length));
    }
    for (int i = 0; i < labels.length; i += 2) {
      checkLabel(family, labels, i);
    }
  }

  private static void checkLabel(String family, String[] labels, int at) {
    String name = labels[at];
    if (name.equals("__name__")) {
      throw RefusedMetricException.bad(
          "\"%s\" must not have the label __name__, which is the metric's name".formatted(family));
    }
    if (!isLabelName(name)) {
      throw RefusedMetricException.bad(
          ("label name \"%s\" of \"%s\" is not valid: it is of letters, digits"
                  + " and _, and does not begin with a digit")
              .formatted(name, family));
    }
    for (int i = 0; i < at; i += 2) {
      if (labels[i].equals(name)) {
        throw RefusedMetricException.bad(
            "label \"%s\" of \"%s\" is given twice".formatted(name, family));
      }
    }
    checkText("the value of label \"%s\" of \"%s\"".formatted(name, family), labels[at + 1]);
  }

  /** Refuses half of a surrogate pair, which has no UTF-8. */
  static void checkText(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (!pair) {
        throw RefusedMetricException.bad(
            "%s is no text: character %d is half of a surrogate pair".formatted(what, i));
      }
      i++;
    }
  }

  private static void checkNumber(String family, String what, String label, String[] labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (labels[i].equals(label)) {
        if (!isNumber(labels[i + 1])) {
          throw RefusedMetricException.bad(
              "label \"%s\" of \"%s\" has to be a number or +Inf, got \"%s\""
                  .formatted(label, family, labels[i + 1]));
        }
        return;
      }
    }
    throw RefusedMetricException.bad(
        "%s of \"%s\" needs the label \"%s\"".formatted(what, family, label));
  }

  private static boolean isNumber(String text) {
    if (text.equals("+Inf") || text.equals("Inf") || text.equals("-Inf")) {
      return true;
    }
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException ignored) {
      return false;
    }
  }

  private static boolean hasPartSuffix(String name) {
    return name.endsWith("_bucket") || name.endsWith("_sum") || name.endsWith("_count");
  }

  private static boolean isPartSuffix(String suffix) {
    return suffix.equals("_bucket") || suffix.equals("_sum") || suffix.equals("_count");
  }

  private static boolean isMetricName(String name) {
    return isName(name, true);
  }

  private static boolean isLabelName(String name) {
    return isName(name, false);
  }

  private static boolean isName(String name, boolean colons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colons && c == ':';
      if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
