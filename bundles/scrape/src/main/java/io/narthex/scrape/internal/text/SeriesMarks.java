package io.narthex.scrape.internal.text;

import io.narthex.api.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the names and values of one series stand in a buffer. */
final class SeriesMarks {
  private int nameFrom;
  private int nameTo;

  /** Name from, name to, value from, value to; for each label. */
  private int[] labels = new int[64];

  private int length;

  void clear() {
    nameFrom = -1;
    length = 0;
  }

  boolean hasName() {
    return nameFrom >= 0;
  }

  void name(int from, int to) {
    nameFrom = from;
    nameTo = to;
  }

  void label(int labelFrom, int labelTo, int valueFrom, int valueTo) {
    if (length == labels.length) {
      labels = Arrays.copyOf(labels, length * 2);
    }
    labels[length++] = labelFrom;
    labels[length++] = labelTo;
    labels[length++] = valueFrom;
    labels[length++] = valueTo;
  }

  /**
   * The labels.
   *
   * @throws IllegalArgumentException with what is wrong with them
   */
  RawLabels labels(byte[] buffer, FamilyType type) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    names.add("__name__");
    values.add(name(buffer, nameFrom, nameTo, "metric name"));
    for (int i = 0; i < length; i += 4) {
      String name = name(buffer, labels[i], labels[i + 1], "label name");
      if (names.contains(name)) {
        throw new IllegalArgumentException(
            "label name %s is not unique".formatted(Excerpt.quote(name)));
      }
      names.add(name);
      values.add(
          OpenMetricsFloat.normalize(type, name, text(buffer, labels[i + 2], labels[i + 3], true)));
    }
    return new RawLabels(names, values);
  }

  /** The labels as an exemplar has them: escapes stay as they are. */
  Labels exemplarLabels(byte[] buffer) {
    Labels.Builder exemplar = Labels.builder();
    for (int i = 0; i < length; i += 4) {
      if (labels[i] < labels[i + 1]) {
        exemplar.set(
            plain(buffer, labels[i], labels[i + 1]), plain(buffer, labels[i + 2], labels[i + 3]));
      }
    }
    return exemplar.build();
  }

  static String plain(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }

  private static String name(byte[] buffer, int from, int to, String what) {
    if (from == to) {
      throw new IllegalArgumentException("a %s is empty".formatted(what));
    }
    if (!Utf8.isValid(buffer, from, to)) {
      throw new IllegalArgumentException("a %s is not valid UTF-8".formatted(what));
    }
    return text(buffer, from, to, true);
  }

  /**
   * The text without escapes: \\, \n and, if quotes is true, \"; other backslashes stand for
   * themselves.
   */
  static String text(byte[] buffer, int from, int to, boolean quotes) {
    String text = plain(buffer, from, to);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (next == '\\' || quotes && next == '"' || next == 'n') {
        out.append(next == 'n' ? '\n' : next);
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
