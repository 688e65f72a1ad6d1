package io.narthex.alerting.internal.matcher;

import io.narthex.api.model.MatchType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses matchers by upstream's classic rules: names are identifiers, quotes are optional, and only
 * backslash, double quote and line feed have escapes. Its errors are worded as upstream's.
 */
final class ClassicParser {
  private ClassicParser() {}

  /** The matchers; a brace at either end is ignored. */
  static Matchers parseAll(String input) {
    int from = input.startsWith("{") ? 1 : 0;
    int to = input.length() > from && input.endsWith("}") ? input.length() - 1 : input.length();
    return new Matchers(
        split(input.substring(from, to)).stream().map(ClassicParser::parseOne).toList());
  }

  /** The parts between commas that are not in quotes. */
  private static List<String> split(String input) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    boolean escaped = false;
    int start = 0;
    for (int i = 0; i < input.length(); i++) {
      switch (input.charAt(i)) {
        case ',' -> {
          // Upstream keeps an escape open over a comma.
          if (!quoted) {
            parts.add(input.substring(start, i));
            start = i + 1;
          }
        }
        case '"' -> {
          quoted ^= !escaped;
          escaped = false;
        }
        case '\\' -> escaped = !escaped;
        default -> escaped = false;
      }
    }
    String last = GoText.trim(input.substring(start));
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  /** The matcher. */
  static AlertMatcher parseOne(String input) {
    int nameStart = skipSpace(input, 0);
    int nameEnd = nameEnd(input, nameStart);
    int operatorStart = skipSpace(input, nameEnd);
    MatchType type = operator(input, operatorStart);
    if (nameEnd == nameStart || type == null) {
      throw new BadMatcherException("bad matcher format: " + input);
    }
    int valueStart = skipSpace(input, operatorStart + type.operator().length());
    int valueEnd = input.length();
    while (valueEnd > valueStart && isSpace(input.charAt(valueEnd - 1))) {
      valueEnd--;
    }
    String value = value(input.substring(valueStart, valueEnd));
    return AlertMatcher.of(type, input.substring(nameStart, nameEnd), value);
  }

  private static int nameEnd(String input, int start) {
    int end = start;
    while (end < input.length() && isNamePart(input.charAt(end), end == start)) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c, boolean first) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
    return letter || !first && c >= '0' && c <= '9';
  }

  private static @Nullable MatchType operator(String input, int at) {
    for (MatchType type :
        List.of(MatchType.REGEX, MatchType.EQUAL, MatchType.NOT_EQUAL, MatchType.NOT_REGEX)) {
      if (input.startsWith(type.operator(), at)) {
        return type;
      }
    }
    return null;
  }

  private static int skipSpace(String input, int from) {
    int at = from;
    while (at < input.length() && isSpace(input.charAt(at))) {
      at++;
    }
    return at;
  }

  /** RE2's {@code \s}. */
  private static boolean isSpace(char c) {
    return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
  }

  private static String value(String raw) {
    boolean quoted = raw.startsWith("\"");
    String text = quoted ? raw.substring(1) : raw;
    StringBuilder value = new StringBuilder(text.length());
    boolean closed = !quoted;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i == text.length() - 1;
      if (c == '\\' && !last) {
        i++;
        appendEscape(value, text.charAt(i));
      } else if (c != '"') {
        value.append(c);
      } else if (!closed && last) {
        closed = true;
      } else {
        throw unescapedQuote(raw);
      }
    }
    if (!closed) {
      throw unescapedQuote(raw);
    }
    return value.toString();
  }

  private static void appendEscape(StringBuilder value, char escaped) {
    switch (escaped) {
      case 'n' -> value.append('\n');
      case '"', '\\' -> value.append(escaped);
      default -> value.append('\\').append(escaped);
    }
  }

  private static BadMatcherException unescapedQuote(String raw) {
    return new BadMatcherException("matcher value contains unescaped double quote: " + raw);
  }
}
