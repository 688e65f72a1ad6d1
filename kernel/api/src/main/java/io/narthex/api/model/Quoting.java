package io.narthex.api.model;

/**
 * How label names and values are printed: upstream's classic identifiers bare, everything else in
 * quotes.
 */
final class Quoting {
  private Quoting() {}

  static boolean isIdentifier(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }

  static void appendName(StringBuilder out, String name) {
    if (isIdentifier(name)) {
      out.append(name);
    } else {
      appendQuoted(out, name);
    }
  }

  /** As Go's strconv.Quote, except that all printable characters stay as they are. */
  static void appendQuoted(StringBuilder out, String value) {
    out.append('"');
    value.codePoints().forEach(c -> appendEscaped(out, c));
    out.append('"');
  }

  private static void appendEscaped(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x07 -> out.append("\\a");
      case 0x08 -> out.append("\\b");
      case 0x0b -> out.append("\\v");
      case 0x0c -> out.append("\\f");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          out.append("\\x%02x".formatted(c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
