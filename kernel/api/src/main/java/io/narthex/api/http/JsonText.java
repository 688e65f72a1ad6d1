package io.narthex.api.http;

import io.narthex.api.section.ConfigNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a value of a configuration as JSON. */
final class JsonText {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

  private JsonText() {}

  static String of(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> scalar(scalar);
      case ConfigNode.Sequence list ->
          list.items().stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
      case ConfigNode.Mapping mapping ->
          mapping.entries().stream()
              .map(e -> quoted(e.key()) + ":" + of(e.value()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static String scalar(ConfigNode.Scalar scalar) {
    if (scalar.isNull()) {
      return "null";
    }
    String text = scalar.text().toLowerCase(Locale.ROOT);
    if (scalar.plain() && NUMBER.matcher(text).matches()) {
      return scalar.text();
    }
    if (scalar.plain() && TRUE.contains(text)) {
      return "true";
    }
    if (scalar.plain() && FALSE.contains(text)) {
      return "false";
    }
    return quoted(scalar.text());
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
