package io.narthex.api.yaml;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the entries of a mapping, its own and merged ones, in the order of the text. */
final class YamlEntries {
  /** Mappings that upstream makes anew each time, so that an earlier one leaves nothing behind. */
  private static final Set<String> REPLACED = Set.of("external_labels", "http_headers");

  private final YamlOptions.Merge rule;
  private final List<Problem> problems;
  private final Map<String, ConfigNode.Entry> own = new LinkedHashMap<>();
  private final Map<String, ConfigNode.Entry> all = new LinkedHashMap<>();
  private final List<ConfigNode.Entry> repeated = new ArrayList<>();
  private Optional<Position> merge = Optional.empty();

  YamlEntries(YamlOptions.Merge rule, List<Problem> problems) {
    this.rule = rule;
    this.problems = problems;
  }

  ConfigNode.Mapping mapping(Position position) {
    return new ConfigNode.Mapping(position, List.copyOf(all.values()), repeated);
  }

  /** Adds a key that stands in the mapping. */
  void add(ConfigNode.Entry entry) {
    ConfigNode.Entry first = own.putIfAbsent(entry.key(), entry);
    if (first != null) {
      reportTwice(entry.key(), entry.position(), first.position());
    } else if (rule == YamlOptions.Merge.OWN_WINS) {
      all.put(entry.key(), entry);
    } else {
      put(entry, entry.position());
    }
  }

  /**
   * Adds what a merge brings.
   *
   * @param alias whether the value is an alias; a list must stand there itself
   */
  void merge(ConfigNode value, boolean alias, Position key, Position at) {
    if (rule == YamlOptions.Merge.OWN_WINS && merge.isPresent()) {
      reportTwice("<<", key, merge.get());
      return;
    }
    merge = Optional.of(key);
    switch (value) {
      case ConfigNode.Mapping mapping -> merge(mapping, key);
      case ConfigNode.Sequence list
          when !alias && list.items().stream().allMatch(ConfigNode.Mapping.class::isInstance) -> {
        for (ConfigNode item : inOrder(list.items())) {
          merge((ConfigNode.Mapping) item, key);
        }
      }
      case ConfigNode other ->
          problems.add(
              new Problem(
                  alias ? key : at,
                  "\"<<\" merges a mapping or a list of mappings, got %s"
                      .formatted(alias ? "an alias of " + other.kind() : other.kind())));
    }
  }

  /** So that the first of the list counts. */
  private List<ConfigNode> inOrder(List<ConfigNode> items) {
    return rule == YamlOptions.Merge.OWN_WINS ? items : items.reversed();
  }

  private void merge(ConfigNode.Mapping mapping, Position at) {
    for (ConfigNode.Entry entry : mapping.entries()) {
      if (rule == YamlOptions.Merge.LATER_WINS) {
        put(entry, at);
      } else {
        all.putIfAbsent(entry.key(), entry);
      }
    }
    repeated.addAll(mapping.repeated());
  }

  private void put(ConfigNode.Entry entry, Position at) {
    put(all, repeated, entry, at);
  }

  private static void put(
      Map<String, ConfigNode.Entry> all,
      List<ConfigNode.Entry> repeated,
      ConfigNode.Entry entry,
      Position at) {
    ConfigNode.Entry earlier = all.get(entry.key());
    if (earlier == null) {
      all.put(entry.key(), entry);
      return;
    }
    ConfigNode value =
        REPLACED.contains(entry.key()) ? entry.value() : joined(earlier.value(), entry.value(), at);
    all.put(entry.key(), new ConfigNode.Entry(entry.key(), entry.position(), value));
    repeated.add(new ConfigNode.Entry(entry.key(), at, value));
  }

  /** A later value takes the place of an earlier one, but two mappings become one. */
  private static ConfigNode joined(ConfigNode earlier, ConfigNode later, Position at) {
    if (!(earlier instanceof ConfigNode.Mapping one)
        || !(later instanceof ConfigNode.Mapping two)) {
      return later;
    }
    Map<String, ConfigNode.Entry> all = new LinkedHashMap<>();
    one.entries().forEach(entry -> all.put(entry.key(), entry));
    List<ConfigNode.Entry> repeated = new ArrayList<>(one.repeated());
    repeated.addAll(two.repeated());
    two.entries().forEach(entry -> put(all, repeated, entry, at));
    return new ConfigNode.Mapping(two.position(), List.copyOf(all.values()), repeated);
  }

  private void reportTwice(String key, Position at, Position first) {
    problems.add(
        new Problem(
            at,
            "key \"%s\" stands twice in this mapping, first in line %d"
                .formatted(key, first.line())));
  }
}
