package io.narthex.discovery.file.internal.read;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words what the parser says in its own. */
final class JsonMessages {
  private record Rule(Pattern pattern, String words) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "Unexpected character \\('(.)' \\(code \\d+\\)\\): expected a valid value.*",
              "unexpected '$1': a value must stand here (there is no comma after the last one)"),
          rule(
              "Unexpected character \\('(.)' \\(code \\d+\\)\\): was expecting double-quote.*",
              "unexpected '$1': a key in double quotes must stand here"),
          rule(
              "Unexpected character \\('/' \\(code \\d+\\)\\): maybe a .*comment.*",
              "unexpected '/': JSON has no comments"),
          rule(
              "Unexpected character \\('(.)' \\(code \\d+\\)\\): was expecting comma.*",
              "unexpected '$1': a comma must stand before it"),
          rule(
              "Unexpected character \\('(.)' \\(code \\d+\\)\\): was expecting a colon.*",
              "unexpected '$1': a colon must stand between a key and its value"),
          rule("Unexpected character \\('(.)' \\(code \\d+\\)\\).*", "unexpected '$1'"),
          rule("Unrecognized character escape '(.)'.*", "a string has the unknown escape \\\\$1"),
          rule(
              "Illegal unquoted character.*",
              "a line break or control character in a string must be written as \\\\n or \\\\u000a"),
          rule("Illegal character \\(.*", "a control character cannot stand here"),
          rule("Non-standard token '(.*)': .*", "$1 is no value of JSON"),
          rule("Unrecognized token '(.*)': .*", "$1 is no value of JSON; strings are in quotes"),
          rule("Document nesting depth .*", "lists and mappings are nested too deeply"));

  private static final Pattern SOURCE =
      Pattern.compile(" ?\\(start marker at .*\\)| at \\[Source.*");

  private JsonMessages() {}

  private static Rule rule(String pattern, String words) {
    return new Rule(Pattern.compile(pattern, Pattern.DOTALL), words);
  }

  /** The message for people. */
  static String plain(String original) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(original);
      if (matcher.matches()) {
        return matcher.replaceFirst(rule.words());
      }
    }
    String text = SOURCE.matcher(original).replaceAll("");
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
