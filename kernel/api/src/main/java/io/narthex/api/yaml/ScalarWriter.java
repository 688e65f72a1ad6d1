package io.narthex.api.yaml;

/** Writes texts in the style upstream's writer chooses; long ones are wrapped at spaces. */
final class ScalarWriter {
  private static final int WIDTH = 80;

  private final StringBuilder out;

  ScalarWriter(StringBuilder out) {
    this.out = out;
  }

  /** Whether the line is so long that the next word begins a new one. */
  boolean isPastWidth() {
    int start = out.lastIndexOf("\n") + 1;
    return out.codePointCount(start, out.length()) > WIDTH;
  }

  void key(String text) {
    write(text, 0, false, true);
  }

  void text(String text, int indent, boolean flow) {
    write(text, indent, flow, false);
  }

  private void write(String text, int indent, boolean flow, boolean key) {
    boolean lines = text.indexOf('\n') >= 0;
    boolean escapes = PlainText.needsEscapes(text);
    if (lines && !flow && !key && !escapes && !text.endsWith(" ")) {
      literal(text, indent);
    } else if (lines || escapes || PlainText.readsAsOther(text)) {
      doubleQuoted(text, key ? -1 : indent);
    } else if (PlainText.isAllowed(text, flow)) {
      words(text, key ? -1 : indent, false);
    } else {
      out.append('\'');
      words(text.replace("'", "''"), key ? -1 : indent, true);
      out.append('\'');
    }
  }

  /** A space beyond the width becomes a line break, unless spaces surround it. */
  private void words(String text, int indent, boolean quoted) {
    for (int i = 0; i < text.length(); i++) {
      boolean inner = !quoted || i > 0 && i < text.length() - 1;
      if (breaksAt(text, i, indent) && inner) {
        out.append('\n').repeat(' ', indent);
      } else {
        out.append(text.charAt(i));
      }
    }
  }

  private boolean breaksAt(String text, int i, int indent) {
    return indent >= 0
        && text.charAt(i) == ' '
        && (i == 0 || text.charAt(i - 1) != ' ')
        && (i + 1 == text.length() || text.charAt(i + 1) != ' ')
        && isPastWidth();
  }

  private void literal(String text, int indent) {
    out.append('|');
    if (text.startsWith(" ") || text.startsWith("\n")) {
      out.append('2');
    }
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (text.length() == 1 || text.endsWith("\n\n")) {
      out.append('+');
    }
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        out.repeat(' ', indent).append(line);
      }
    }
  }

  private void doubleQuoted(String text, int indent) {
    out.append('"');
    boolean afterSpace = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean wraps = indent >= 0 && c == ' ' && !afterSpace && i > 0 && next < text.length();
      if (wraps && isPastWidth()) {
        out.append('\n').repeat(' ', indent);
        if (text.charAt(next) == ' ') {
          out.append('\\');
        }
      } else {
        escaped(c);
      }
      afterSpace = c == ' ';
      i = next;
    }
    out.append('"');
  }

  private void escaped(int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      case 0 -> out.append("\\0");
      case 7 -> out.append("\\a");
      case 8 -> out.append("\\b");
      case 11 -> out.append("\\v");
      case 12 -> out.append("\\f");
      case 27 -> out.append("\\e");
      case 0x85 -> out.append("\\N");
      case 0xa0 -> out.append("\\_");
      case 0x2028 -> out.append("\\L");
      case 0x2029 -> out.append("\\P");
      default -> {
        if (PlainText.isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append((c <= 0xff ? "\\x%02X" : c <= 0xffff ? "\\u%04X" : "\\U%08X").formatted(c));
        }
      }
    }
  }
}
