package io.narthex.templates.internal.syntax;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.TemplateErrors;
import java.nio.charset.StandardCharsets;

/**
 * The text of a template.
 *
 * @param name appears in errors
 * @param text with what was put before it
 * @param hidden how many characters were put before what the author wrote
 */
public record Source(String name, String text, int hidden) {
  /** The line of a position, from 1. */
  public int line(int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /**
   * Where a position is for errors of execution: name, line, and the bytes before it in its line.
   * What was put before the text counts, since upstream counts it.
   */
  public String location(int position) {
    int lineStart = text.lastIndexOf('\n', position - 1) + 1;
    String before = text.substring(lineStart, position);
    int column = before.getBytes(StandardCharsets.UTF_8).length;
    return "%s:%d:%d".formatted(name, line(position), column);
  }

  /** An error of the text, with Go's text and the column in what the author wrote. */
  NarthexException error(int line, int position, String message) {
    int lineStart = Math.max(text.lastIndexOf('\n', position - 1) + 1, hidden);
    int column = text.codePointCount(Math.min(lineStart, position), position) + 1;
    return new NarthexException(
        TemplateErrors.PARSE,
        "template: %s:%d: %s (column %d)".formatted(name, line, message, column));
  }
}
