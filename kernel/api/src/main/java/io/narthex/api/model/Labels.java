package io.narthex.api.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An immutable label set: what identifies a series. Names are unique and sorted in {@link
 * Utf8Order}; no value is empty, since an empty value means the same as no label.
 */
public final class Labels implements Comparable<Labels> {
  /** The label that holds the metric name. */
  public static final String METRIC_NAME = "__name__";

  /** The empty label set. */
  public static final Labels EMPTY = new Labels(new String[0]);

  /** name, value, name, value … in order of names. */
  private final String[] pairs;

  private int hashCode;

  private Labels(String[] sortedPairs) {
    this.pairs = sortedPairs;
  }

  /**
   * The label set of {@code name, value, name, value …} in any order.
   *
   * @throws IllegalArgumentException if a name is empty or given twice, or the number of strings is
   *     odd
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "labels are pairs of a name and a value, got %d strings"
              .formatted(namesAndValues.length));
    }
    Builder builder = new Builder(EMPTY);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (builder.has(namesAndValues[i])) {
        throw new IllegalArgumentException(
            "label \"%s\" is given twice".formatted(namesAndValues[i]));
      }
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** The label set of a map from names to values. */
  public static Labels of(Map<String, String> labels) {
    Builder builder = new Builder(EMPTY);
    labels.forEach(builder::set);
    return builder.build();
  }

  /** A builder that starts from these labels. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** A builder that starts empty. */
  public static Builder builder() {
    return new Builder(EMPTY);
  }

  /** How many labels there are. */
  public int size() {
    return pairs.length / 2;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /** The name of label {@code i}, counted from 0 in order of names. */
  public String name(int i) {
    return pairs[2 * i];
  }

  /** The value of label {@code i}, counted from 0 in order of names. */
  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /** The value of the label, or {@code ""} if there is none of this name. */
  public String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  /** Whether there is a label of this name. */
  public boolean has(String name) {
    return !get(name).isEmpty();
  }

  /** The metric name, or {@code ""}. */
  public String metricName() {
    return get(METRIC_NAME);
  }

  /** The labels whose names pass. */
  public Labels filter(Predicate<String> names) {
    String[] kept = new String[pairs.length];
    int n = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (names.test(pairs[i])) {
        kept[n++] = pairs[i];
        kept[n++] = pairs[i + 1];
      }
    }
    return n == pairs.length ? this : new Labels(Arrays.copyOf(kept, n));
  }

  /**
   * The stable hash that may be written to disk or sent to another process: XXH64 with seed 0 over
   * each name, 0xff, value, 0xff in UTF-8, in order of names.
   */
  public long stableHash() {
    return XxHash64.hash(pairs);
  }

  @Override
  public int compareTo(Labels other) {
    int shared = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < shared; i++) {
      int order = Utf8Order.compare(pairs[i], other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  /**
   * The labels in order of names. Where it must not allocate, walk with {@link #name} and {@link
   * #value}.
   */
  public List<Label> toList() {
    List<Label> list = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      list.add(new Label(name(i), value(i)));
    }
    return List.copyOf(list);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Labels other && Arrays.equals(pairs, other.pairs);
  }

  @Override
  public int hashCode() {
    int h = hashCode;
    if (h == 0) {
      h = Arrays.hashCode(pairs);
      hashCode = h;
    }
    return h;
  }

  /**
   * As upstream prints a label set: <code>{a="1", b="2"}</code>, names that are no identifiers
   * quoted.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < pairs.length; i += 2) {
      if (i > 0) {
        out.append(", ");
      }
      Quoting.appendName(out, pairs[i]);
      out.append('=');
      Quoting.appendQuoted(out, pairs[i + 1]);
    }
    return out.append('}').toString();
  }

  /** Collects labels for a {@link Labels}. Not safe for use by several threads. */
  public static final class Builder {
    private String[] pairs;
    private int length;

    private Builder(Labels base) {
      pairs = Arrays.copyOf(base.pairs, Math.max(8, base.pairs.length + 4));
      length = base.pairs.length;
    }

    /** Sets the label; an empty value removes it. */
    public Builder set(String name, String value) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "a label name is empty (its value is \"%s\")".formatted(value));
      }
      int at = indexOf(name);
      if (value.isEmpty()) {
        return at < 0 ? this : removeAt(at);
      }
      if (at >= 0) {
        pairs[at + 1] = value;
        return this;
      }
      return insert(-at - 1, name, value);
    }

    /** Removes the label if it is there. */
    public Builder remove(String name) {
      int at = indexOf(name);
      return at < 0 ? this : removeAt(at);
    }

    /** The value so far, or {@code ""}. */
    public String get(String name) {
      int at = indexOf(name);
      return at < 0 ? "" : pairs[at + 1];
    }

    /** Whether the label is set so far. */
    public boolean has(String name) {
      return indexOf(name) >= 0;
    }

    /** The label set. */
    public Labels build() {
      return length == 0 ? EMPTY : new Labels(Arrays.copyOf(pairs, length));
    }

    /** The index of the name, or -(where it belongs) - 1. */
    private int indexOf(String name) {
      for (int i = 0; i < length; i += 2) {
        int order = Utf8Order.compare(pairs[i], name);
        if (order >= 0) {
          return order == 0 ? i : -i - 1;
        }
      }
      return -length - 1;
    }

    private Builder insert(int at, String name, String value) {
      if (length + 2 > pairs.length) {
        pairs = Arrays.copyOf(pairs, pairs.length * 2);
      }
      System.arraycopy(pairs, at, pairs, at + 2, length - at);
      pairs[at] = name;
      pairs[at + 1] = value;
      length += 2;
      return this;
    }

    private Builder removeAt(int at) {
      System.arraycopy(pairs, at + 2, pairs, at, length - at - 2);
      length -= 2;
      return this;
    }
  }
}
