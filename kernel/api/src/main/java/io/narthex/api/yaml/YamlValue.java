package io.narthex.api.yaml;

import io.narthex.api.section.ConfigNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value to be written as YAML. */
public sealed interface YamlValue {
  /** A text; quoted where it would read as something else. */
  record Text(String text) implements YamlValue {}

  /** A number, a boolean or null. */
  record Raw(String text) implements YamlValue {}

  /**
   * A list.
   *
   * @param flow whether it is written in one line
   */
  record Listing(List<YamlValue> items, boolean flow) implements YamlValue {}

  /** A mapping, written in the order of the map. */
  record Mapping(Map<String, YamlValue> entries) implements YamlValue {}

  /** What a node says, with keys in the given order. */
  static YamlValue of(ConfigNode node, Comparator<String> order) {
    return switch (node) {
      case ConfigNode.Scalar scalar when scalar.isNull() -> new Raw("null");
      case ConfigNode.Scalar scalar when scalar.plain() -> new Raw(scalar.text());
      case ConfigNode.Scalar scalar -> new Text(scalar.text());
      case ConfigNode.Sequence list ->
          new Listing(list.items().stream().map(item -> of(item, order)).toList(), false);
      case ConfigNode.Mapping mapping -> {
        Map<String, YamlValue> entries = new TreeMap<>(order);
        mapping.entries().forEach(e -> entries.put(e.key(), of(e.value(), order)));
        yield new Mapping(entries);
      }
    };
  }
}
