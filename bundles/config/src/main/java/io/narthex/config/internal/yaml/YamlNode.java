package io.narthex.config.internal.yaml;

import java.util.List;

/**
 * A value in a YAML file. Aliases and merges are already resolved; the tree may share nodes but has
 * no cycles.
 */
public sealed interface YamlNode {
  /** Where the value begins. */
  Position position();

  /** What the value is, for messages: with its article. */
  String kind();

  /** Whether there is no value: {@code null}, {@code ~} or nothing. */
  default boolean isNull() {
    return false;
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(Position position, String text, boolean plain, boolean isNull) implements YamlNode {
    @Override
    public String kind() {
      return isNull
          ? "nothing"
          : "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
    }
  }

  /** A list. */
  record Sequence(Position position, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping from keys to values, in the order of the file. */
  record Mapping(Position position, List<Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A key and its value in a {@link Mapping}. */
  record Entry(String key, Position position, YamlNode value) {}
}
