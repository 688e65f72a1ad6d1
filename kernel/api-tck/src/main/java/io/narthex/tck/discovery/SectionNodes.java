package io.narthex.tck.discovery;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes configuration nodes of maps, lists and texts, as if they had been read from a file. */
public final class SectionNodes {
  private int line;

  private SectionNodes() {}

  /**
   * The node of a value: a map from names to values, a list of values, {@code null}, or anything
   * else by its text. Each value stands in a line of its own.
   */
  public static ConfigNode of(@Nullable Object value) {
    return new SectionNodes().node(value);
  }

  private ConfigNode node(@Nullable Object value) {
    Position position = new Position(++line, 1);
    return switch (value) {
      case null -> ConfigNode.nothing();
      case Map<?, ?> map -> {
        List<ConfigNode.Entry> entries = new ArrayList<>();
        map.forEach(
            (key, v) -> entries.add(new ConfigNode.Entry(String.valueOf(key), position, node(v))));
        yield new ConfigNode.Mapping(position, entries);
      }
      case List<?> list -> {
        List<ConfigNode> items = new ArrayList<>();
        list.forEach(item -> items.add(node(item)));
        yield new ConfigNode.Sequence(position, items);
      }
      default ->
          new ConfigNode.Scalar(position, value.toString(), !(value instanceof String), false);
    };
  }
}
