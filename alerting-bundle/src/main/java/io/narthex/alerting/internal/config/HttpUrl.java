package io.narthex.alerting.internal.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs of HTTP as upstream takes them. */
final class HttpUrl {
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(.*)", Pattern.DOTALL);
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[^\\[\\]]+\\]|[^\\[\\]:<>\"{}|\\\\^` %]+)(?::[0-9]*)?");
  private static final Pattern ESCAPES = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");

  private HttpUrl() {}

  /** What is wrong with a URL, without quoting it; empty if nothing is. */
  static Optional<String> problem(String text) {
    Matcher url = URL.matcher(text);
    if (CONTROL.matcher(text).find()) {
      return Optional.of("it has a control character");
    }
    if (!url.matches()) {
      return Optional.of("it must begin with http:// or https:// and a host");
    }
    String scheme = url.group(1).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of("its scheme must be http or https");
    }
    String authority = url.group(2);
    if (!HOST.matcher(authority.substring(authority.lastIndexOf('@') + 1)).matches()) {
      return Optional.of("its host or port is missing or not valid");
    }
    return ESCAPES.matcher(url.group(3)).matches()
        ? Optional.empty()
        : Optional.of("a \"%\" in it is not followed by two hexadecimal digits");
  }
}
