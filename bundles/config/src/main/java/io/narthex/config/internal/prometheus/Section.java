package io.narthex.config.internal.prometheus;

import io.narthex.api.time.DurationSyntax;
import io.narthex.config.internal.yaml.Position;
import io.narthex.config.internal.yaml.Problem;
import io.narthex.config.internal.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the keys of one mapping, each as the type it must have. A key without a value counts as not
 * given, as upstream has it. What is wrong goes to the list of problems and reads as not given, so
 * that the rest of the file is checked as well.
 */
final class Section {
  private static final String DURATION =
      "a duration such as 15s, 1m or 1h30m (units y, w, d, h, m, s, ms in this order)";

  private final String name;
  private final YamlNode node;
  private final List<Problem> problems;
  private final Map<String, YamlNode.Entry> entries = new HashMap<>();
  private final Set<String> known = new TreeSet<>();

  /**
   * A section.
   *
   * @param name for messages, for example {@code global}
   */
  Section(String name, YamlNode node, List<Problem> problems) {
    this.name = name;
    this.node = node;
    this.problems = problems;
    switch (node) {
      case YamlNode.Mapping mapping -> mapping.entries().forEach(e -> entries.put(e.key(), e));
      case YamlNode other when other.isNull() -> {}
      case YamlNode other ->
          report(other.position(), name + " must be a mapping, got " + other.kind());
    }
  }

  boolean isMapping() {
    return node instanceof YamlNode.Mapping;
  }

  Position position() {
    return node.position();
  }

  /** Where the key stands, or where the section begins. */
  Position position(String key) {
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? position() : entry.position();
  }

  /** Where the key's value stands, or where the section begins. */
  Position valuePosition(String key) {
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? position() : entry.value().position();
  }

  void report(Position at, String message) {
    problems.add(new Problem(at, message));
  }

  /** The value as it stands, if there is one. */
  Optional<YamlNode> value(String key) {
    known.add(key);
    YamlNode.Entry entry = entries.get(key);
    return entry == null || entry.value().isNull() ? Optional.empty() : Optional.of(entry.value());
  }

  Optional<String> string(String key) {
    return value(key).flatMap(v -> scalar(v, key, "a string")).map(YamlNode.Scalar::text);
  }

  boolean bool(String key, boolean fallback) {
    return value(key)
        .flatMap(v -> scalar(v, key, "true or false"))
        .map(s -> bool(s, key, fallback))
        .orElse(fallback);
  }

  private boolean bool(YamlNode.Scalar scalar, String key, boolean fallback) {
    return switch (scalar.plain() ? scalar.text() : "") {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> true;
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" -> false;
      default -> {
        report(scalar.position(), "%s must be true or false, got %s".formatted(key, scalar.kind()));
        yield fallback;
      }
    };
  }

  /** A duration above 0; upstream reads 0 as not given. */
  Optional<Duration> duration(String key) {
    return value(key)
        .flatMap(v -> scalar(v, key, DURATION))
        .flatMap(s -> parseDuration(s, key))
        .filter(d -> !d.isZero());
  }

  private Optional<Duration> parseDuration(YamlNode.Scalar scalar, String key) {
    try {
      return Optional.of(DurationSyntax.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      report(scalar.position(), "%s must be %s, got %s".formatted(key, DURATION, scalar.kind()));
      return Optional.empty();
    }
  }

  /** The items of a list; not given is an empty list. */
  List<YamlNode> list(String key) {
    return value(key).map(v -> items(v, key)).orElse(List.of());
  }

  List<YamlNode> items(YamlNode value, String what) {
    if (value instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    report(value.position(), "%s must be a list, got %s".formatted(what, value.kind()));
    return List.of();
  }

  /** The texts of a list of strings. */
  List<YamlNode.Scalar> strings(YamlNode value, String what) {
    List<YamlNode.Scalar> strings = new ArrayList<>();
    for (YamlNode item : items(value, what)) {
      scalar(item, "an item of " + what, "a string").ifPresent(strings::add);
    }
    return strings;
  }

  /** The entries of a mapping; not given is an empty list. */
  List<YamlNode.Entry> mapping(String key) {
    return value(key)
        .map(
            v -> {
              if (v instanceof YamlNode.Mapping mapping) {
                return mapping.entries();
              }
              report(v.position(), "%s must be a mapping, got %s".formatted(key, v.kind()));
              return List.<YamlNode.Entry>of();
            })
        .orElse(List.of());
  }

  Optional<YamlNode.Scalar> scalar(YamlNode value, String what, String expected) {
    if (value instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar);
    }
    report(value.position(), "%s must be %s, got %s".formatted(what, expected, value.kind()));
    return Optional.empty();
  }

  /** Reports the keys that nobody asked for. */
  void refuseOthers(Set<String> upstream) {
    for (YamlNode.Entry entry : entries.values()) {
      if (known.contains(entry.key())) {
        continue;
      }
      if (upstream.contains(entry.key())) {
        report(
            entry.position(),
            "\"%s\" is a key of Prometheus that this version of Narthex does not support yet (in %s)"
                .formatted(entry.key(), name));
      } else {
        report(entry.position(), unknown(entry.key(), upstream));
      }
    }
  }

  private String unknown(String key, Set<String> upstream) {
    Set<String> candidates = new TreeSet<>(known);
    candidates.addAll(upstream);
    String hint =
        Suggestion.nearest(key, candidates)
            .map(c -> ". Did you mean \"%s\"?".formatted(c))
            .orElse("");
    return "unknown key \"%s\" in %s%s".formatted(key, name, hint);
  }
}
