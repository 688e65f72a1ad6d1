package io.narthex.promql.internal.source;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryErrors;
import java.nio.charset.StandardCharsets;

/** The text of an expression; names places in it as upstream does. */
public record Source(String text) {
  /** {@code line:column}, both from 1; the column counts bytes of UTF-8. */
  public String position(int offset) {
    if (text.isEmpty()) {
      return "unknown position";
    }
    String before = text.substring(0, Math.clamp(offset, 0, text.length()));
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    String inLine = before.substring(before.lastIndexOf('\n') + 1);
    return line + ":" + (inLine.getBytes(StandardCharsets.UTF_8).length + 1);
  }

  /** A parse error at a place. */
  public NarthexException parseError(int offset, String message) {
    return new NarthexException(QueryErrors.PARSE, position(offset) + ": parse error: " + message);
  }

  /** Any other error at a place. */
  public NarthexException error(ErrorCode code, int offset, String message) {
    return new NarthexException(code, position(offset) + ": " + message);
  }
}
