package io.narthex.api.section;

import java.util.List;
import java.util.Objects;

/**
 * A value in a configuration file. Aliases and merges are already resolved; the tree may share
 * nodes but has no cycles. Two nodes are equal if they say the same, wherever they stand: so a
 * section that only moved counts as unchanged.
 */
public sealed interface ConfigNode {
  /** Where the value begins. */
  Position position();

  /** What the value is, for messages: with its article. */
  String kind();

  /** Whether there is no value: {@code null}, {@code ~} or nothing. */
  default boolean isNull() {
    return false;
  }

  /** No value at all, standing nowhere in particular. */
  static ConfigNode nothing() {
    return new Scalar(Position.START, "", true, true);
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(Position position, String text, boolean plain, boolean isNull)
      implements ConfigNode {
    @Override
    public String kind() {
      return isNull ? "nothing" : "\"" + start().replace("\n", "\\n") + "\"";
    }

    private String start() {
      return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Scalar other
          && text.equals(other.text)
          && plain == other.plain
          && isNull == other.isNull;
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /** A list. */
  record Sequence(Position position, List<ConfigNode> items) implements ConfigNode {
    /** Copies the list. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Sequence other && items.equals(other.items);
    }

    @Override
    public int hashCode() {
      return items.hashCode();
    }
  }

  /**
   * A mapping from keys to values, in the order of the file.
   *
   * @param entries each key once
   * @param repeated keys that a merge ({@code <<}) brought, or that came after one that had brought
   *     them, so that they have the value that came last; where keys are names that people choose,
   *     such as labels, upstream refuses this
   */
  record Mapping(Position position, List<Entry> entries, List<Entry> repeated)
      implements ConfigNode {
    /** Copies the lists. */
    public Mapping {
      entries = List.copyOf(entries);
      repeated = List.copyOf(repeated);
    }

    /** A mapping without such keys. */
    public Mapping(Position position, List<Entry> entries) {
      this(position, entries, List.of());
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Mapping other && entries.equals(other.entries);
    }

    @Override
    public int hashCode() {
      return entries.hashCode();
    }
  }

  /** A key and its value in a {@link Mapping}. */
  record Entry(String key, Position position, ConfigNode value) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Entry other && key.equals(other.key) && value.equals(other.value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(key, value);
    }
  }
}
