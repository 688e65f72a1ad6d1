package io.narthex.alerting.internal.matcher;

import io.narthex.api.model.MatchType;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses matchers by upstream's new rules: names and values are any text, in double quotes if it
 * has reserved characters.
 *
 * <pre>
 * matchers = [ list ] | "{" [ list ] "}"
 * list     = matcher { "," matcher } [ "," ]
 * matcher  = text ( "=" | "!=" | "=~" | "!~" ) text
 * text     = quoted | characters that are not reserved
 * </pre>
 */
final class Utf8Parser {
  private final String input;
  private int at;

  private Utf8Parser(String input) {
    this.input = input;
  }

  /** The matchers. */
  static Matchers parse(String input) {
    return new Utf8Parser(input).matchers();
  }

  private Matchers matchers() {
    List<AlertMatcher> matchers = new ArrayList<>();
    boolean braced = accept("{");
    boolean more = !atEnd() && !next('}');
    while (more) {
      matchers.add(matcher());
      more = accept(",") && !atEnd() && !next('}');
    }
    if (braced) {
      expect("}", "a comma or a close brace");
    }
    if (!atEnd()) {
      throw unexpected("the end of the input");
    }
    return new Matchers(matchers);
  }

  private AlertMatcher matcher() {
    String name = text("a label name");
    MatchType type = operator();
    return AlertMatcher.of(type, name, text("a label value"));
  }

  private MatchType operator() {
    if (accept("=~")) {
      return MatchType.REGEX;
    }
    if (accept("!~")) {
      return MatchType.NOT_REGEX;
    }
    if (accept("!=")) {
      return MatchType.NOT_EQUAL;
    }
    expect("=", "an operator such as '=', '!=', '=~' or '!~'");
    return MatchType.EQUAL;
  }

  private String text(String expected) {
    if (next('"')) {
      return quoted();
    }
    int start = at;
    while (at < input.length() && !GoText.isReserved(input.codePointAt(at))) {
      at += Character.charCount(input.codePointAt(at));
    }
    if (at == start) {
      throw unexpected(expected);
    }
    return input.substring(start, at);
  }

  private String quoted() {
    int start = at++;
    while (at < input.length() && input.charAt(at) != '"') {
      at += input.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= input.length()) {
      at = start;
      throw unexpected("a double quote at the end of the text that begins");
    }
    at++;
    String text = input.substring(start, at);
    return GoUnquote.unquote(text.substring(1, text.length() - 1))
        .orElseThrow(
            () ->
                new BadMatcherException(
                    "%d: %s has an escape that is not valid".formatted(column(start), text)));
  }

  private boolean atEnd() {
    skipSpace();
    return at >= input.length();
  }

  private boolean next(char c) {
    skipSpace();
    return at < input.length() && input.charAt(at) == c;
  }

  private boolean accept(String token) {
    skipSpace();
    boolean found = input.startsWith(token, at);
    at += found ? token.length() : 0;
    return found;
  }

  private void expect(String token, String expected) {
    if (!accept(token)) {
      throw unexpected(expected);
    }
  }

  private void skipSpace() {
    while (at < input.length() && GoText.isSpace(input.charAt(at))) {
      at++;
    }
  }

  private BadMatcherException unexpected(String expected) {
    String found =
        at >= input.length()
            ? "the end of the input"
            : "\"" + Character.toString(input.codePointAt(at)) + "\"";
    return new BadMatcherException(
        "%d: expected %s, got %s".formatted(column(at), expected, found));
  }

  /** Counted in characters, from 1. */
  private int column(int index) {
    return input.codePointCount(0, index) + 1;
  }
}
