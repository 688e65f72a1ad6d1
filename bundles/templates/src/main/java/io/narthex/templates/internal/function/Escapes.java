package io.narthex.templates.internal.function;

import io.narthex.templates.internal.value.BoundedText;
import io.narthex.templates.internal.value.GoQuote;

/** Texts that stand inside of other languages. */
final class Escapes {
  private Escapes() {}

  /** What {@code html} gives. */
  static String html(String text) {
    BoundedText out = new BoundedText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case 0 -> out.append('\uFFFD');
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** What {@code js} gives. */
  static String javaScript(String text) {
    BoundedText out = new BoundedText();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\'' -> out.append("\\'");
        case '"' -> out.append("\\\"");
        case '<', '>', '&', '=' -> out.append("\\u%04X".formatted(c));
        default -> {
          if (c < ' ' || c >= 0x80 && !GoQuote.printable(c)) {
            out.append("\\u%04X".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        }
      }
    }
    return out.toString();
  }
}
