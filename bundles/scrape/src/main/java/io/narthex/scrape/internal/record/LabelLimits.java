package io.narthex.scrape.internal.record;

import io.narthex.api.config.ScrapeLimits;
import io.narthex.api.model.Labels;

/** What the labels of a series may be; the messages are upstream's. */
final class LabelLimits {
  private static final int LONGEST_SHOWN = 50;

  private LabelLimits() {}

  static void check(Labels labels, ScrapeLimits limits) throws LabelLimitException {
    if (limits.labels() > 0 && labels.size() > limits.labels()) {
      throw new LabelLimitException(
          "label_limit exceeded (metric: %s, number of labels: %d, limit: %d)"
              .formatted(shown(labels.metricName()), labels.size(), limits.labels()));
    }
    if (limits.labelNameLength() > 0 || limits.labelValueLength() > 0) {
      for (int i = 0; i < labels.size(); i++) {
        checkName(labels, i, limits.labelNameLength());
        checkValue(labels, i, limits.labelValueLength());
      }
    }
  }

  private static void checkName(Labels labels, int i, long limit) throws LabelLimitException {
    int length = utf8Length(labels.name(i));
    if (limit > 0 && length > limit) {
      throw new LabelLimitException(
          "label_name_length_limit exceeded (metric: %s, label name: %s, length: %d, limit: %d)"
              .formatted(shown(labels.metricName()), shown(labels.name(i)), length, limit));
    }
  }

  private static void checkValue(Labels labels, int i, long limit) throws LabelLimitException {
    int length = utf8Length(labels.value(i));
    if (limit > 0 && length > limit) {
      throw new LabelLimitException(
          "label_value_length_limit exceeded (metric: %s, label name: %s, value: %s, length: %d, limit: %d)"
              .formatted(
                  shown(labels.metricName()),
                  shown(labels.name(i)),
                  quoted(shown(labels.value(i))),
                  length,
                  limit));
    }
  }

  /** The first characters, as Go's {@code %.50s} cuts. */
  private static String shown(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN));
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(c -> appendEscaped(out, c));
    return out.append('"').toString();
  }

  private static void appendEscaped(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          out.append("\\x%02x".formatted(c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private static int utf8Length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A surrogate is one half of a character of four bytes.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}
