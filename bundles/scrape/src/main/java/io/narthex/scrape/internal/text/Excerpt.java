package io.narthex.scrape.internal.text;

/** Quotes parts of what a target sent, for messages. */
final class Excerpt {
  private static final int LONGEST = 100;

  private Excerpt() {}

  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    int shown = Math.min(text.length(), LONGEST);
    for (int i = 0; i < shown; i++) {
      append(out, text.charAt(i));
    }
    return out.append(shown < text.length() ? "…\"" : "\"").toString();
  }

  private static void append(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          out.append("\\x%02x".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
