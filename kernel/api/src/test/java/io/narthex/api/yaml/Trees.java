package io.narthex.api.yaml;

import io.narthex.api.section.ConfigNode;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Trees as texts, for tests. */
final class Trees {
  private Trees() {}

  /** Mappings are {@code ["M","key",value…]}, lists {@code ["L",item…]}, nothing is {@code ""}. */
  static String json(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> string(scalar.isNull() ? "" : scalar.text());
      case ConfigNode.Sequence list ->
          list.items().stream().map(item -> "," + json(item)).collect(inside("[\"L\""));
      case ConfigNode.Mapping mapping ->
          mapping.entries().stream()
              .map(e -> "," + string(e.key()) + "," + json(e.value()))
              .collect(inside("[\"M\""));
    };
  }

  private static Collector<CharSequence, ?, String> inside(String begin) {
    return Collectors.joining("", begin, "]");
  }

  private static String string(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }

  /** In short: {@code {a: x, b: [y]}}. */
  static String flow(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> scalar.isNull() ? "~" : scalar.text();
      case ConfigNode.Sequence list ->
          list.items().stream().map(Trees::flow).collect(Collectors.joining(", ", "[", "]"));
      case ConfigNode.Mapping mapping ->
          mapping.entries().stream()
              .map(e -> e.key() + ": " + flow(e.value()))
              .sorted()
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
