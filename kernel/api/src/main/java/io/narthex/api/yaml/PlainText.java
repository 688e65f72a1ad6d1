package io.narthex.api.yaml;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says how a text may be written so that YAML 1.1 reads it back as that text, in the choices that
 * upstream's writer makes.
 */
final class PlainText {
  private static final Set<String> WORDS =
      Set.of(
          "", "~", "null", "Null", "NULL", "<<", "y", "Y", "yes", "Yes", "YES", "true", "True",
          "TRUE", "on", "On", "ON", "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off",
          "Off", "OFF", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
          "-.inf", "-.Inf", "-.INF");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
              + "|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+"
              + "|\\.?[0-9]+[eE][-+]?[0-9]+)");
  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\\.[0-9]+)?"
              + "(?:Z|[-+][0-9]{2}:[0-9]{2})?)?");
  private static final String FIRST = "#,[]{}&*!|>'\"%@`";
  private static final String FLOW = ",?[]{}";

  private PlainText() {}

  /** Whether the text without quotes would be read as something else than a text. */
  static boolean readsAsOther(String text) {
    return WORDS.contains(text)
        || NUMBER.matcher(text.replace("_", "")).matches() && startsLikeNumber(text)
        || BASE_60.matcher(text).matches()
        || TIMESTAMP.matcher(text).matches();
  }

  private static boolean startsLikeNumber(String text) {
    char c = text.charAt(0);
    return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' && !text.contains("_");
  }

  /** Whether the text may stand without quotes. */
  static boolean isAllowed(String text, boolean flow) {
    if (text.isEmpty()) {
      return !flow;
    }
    if (text.startsWith("---") || text.startsWith("...") || text.isBlank()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (isIndicator(text, i, flow)) {
        return false;
      }
    }
    return !text.startsWith(" ")
        && !text.endsWith(" ")
        && text.indexOf('\n') < 0
        && !needsEscapes(text);
  }

  private static boolean isIndicator(String text, int i, boolean flow) {
    char c = text.charAt(i);
    boolean beforeSpace =
        i + 1 == text.length() || text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\t';
    boolean afterSpace = i == 0 || " \t\n".indexOf(text.charAt(i - 1)) >= 0;
    if (i == 0 && FIRST.indexOf(c) >= 0 || c == '#' && afterSpace) {
      return true;
    }
    if (i == 0 && c == '?') {
      return flow || beforeSpace;
    }
    if (c == ':') {
      return flow || beforeSpace;
    }
    return i == 0 && c == '-' && beforeSpace || flow && i > 0 && FLOW.indexOf(c) >= 0;
  }

  /** Whether only double quotes can hold the text. */
  static boolean needsEscapes(String text) {
    return text.contains(" \n") || text.codePoints().anyMatch(c -> !isPrintable(c));
  }

  static boolean isPrintable(int c) {
    return c == '\n'
        || c >= 0x20 && c <= 0x7e
        || c >= 0xa0 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd && c != 0xfeff;
  }
}
