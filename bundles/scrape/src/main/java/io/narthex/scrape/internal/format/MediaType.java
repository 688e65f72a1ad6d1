package io.narthex.scrape.internal.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media type without its parameters.
 *
 * @param problem what is wrong with the whole, in the words of Go's {@code mime}, or {@code ""}
 */
record MediaType(String name, String problem) {
  private static final String TOKEN = "[!#$%&'*+.^_`{|}~0-9a-zA-Z-]+";
  private static final Pattern FIRST = Pattern.compile(TOKEN);
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*;\\s*(%s)\\s*=\\s*(%s|\"(?:\\\\.|[^\"\\\\\r\n])*\")".formatted(TOKEN, TOKEN));

  /** Reads the value of a Content-Type header. */
  static MediaType parse(String header) {
    int semicolon = header.indexOf(';');
    int length = semicolon < 0 ? header.length() : semicolon;
    String name = header.substring(0, length).strip().toLowerCase(Locale.ROOT);
    String problem = problemOf(name);
    return new MediaType(name, problem.isEmpty() ? problemOfParameters(header, length) : problem);
  }

  private static String problemOf(String name) {
    Matcher token = FIRST.matcher(name);
    if (!token.lookingAt()) {
      return "no media type";
    }
    if (token.hitEnd()) {
      return "";
    }
    if (name.charAt(token.end()) != '/') {
      return "expected slash after first token";
    }
    token.region(token.end() + 1, name.length());
    if (!token.lookingAt()) {
      return "expected token after slash";
    }
    return token.end() < name.length() ? "unexpected content after media subtype" : "";
  }

  private static String problemOfParameters(String header, int from) {
    Map<String, String> values = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(header);
    int at = from;
    while (parameter.region(at, header.length()).lookingAt()) {
      String value = parameter.group(2);
      String before = values.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
      if (before != null && !before.equals(value)) {
        return "duplicate parameter name";
      }
      at = parameter.end();
    }
    String rest = header.substring(at).strip();
    return rest.isEmpty() || rest.equals(";") ? "" : "invalid media parameter";
  }
}
