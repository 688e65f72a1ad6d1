package io.narthex.config.internal.schema;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs as upstream takes them: few rules, and passwords are not shown. */
public final class UrlText {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
  private static final Pattern AUTHORITY = Pattern.compile("//([^/?#]*)(.*)");
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[^\\[\\]]*\\]|[^\\[\\]:<>\"{}|\\\\^` %]*)(?::[0-9]*)?");
  private static final Pattern ESCAPES = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final Pattern FIRST_SEGMENT_WITH_COLON = Pattern.compile("[^/?#]*:.*");
  private static final Pattern PASSWORD =
      Pattern.compile("((?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#:@]*:)[^/?#]*(@[^/?#@]*(?:[/?#].*)?)");

  private UrlText() {}

  /** What is wrong with a URL, without quoting it; empty if nothing is. */
  public static Optional<String> problem(String text) {
    if (CONTROL.matcher(text).find()) {
      return Optional.of("it has a control character");
    }
    if (text.startsWith(":")) {
      return Optional.of("its scheme is missing");
    }
    Matcher scheme = SCHEME.matcher(text);
    String rest = scheme.matches() ? scheme.group(2) : text;
    Matcher authority = AUTHORITY.matcher(rest);
    if (authority.matches()) {
      String hostAndPort = authority.group(1).substring(authority.group(1).lastIndexOf('@') + 1);
      if (!HOST.matcher(hostAndPort).matches()) {
        return Optional.of("its host or port is not valid");
      }
    } else if (!scheme.matches() && FIRST_SEGMENT_WITH_COLON.matcher(text).matches()) {
      return Optional.of("its scheme is missing");
    }
    return ESCAPES.matcher(rest.split("[?#]", 2)[0]).matches()
        ? Optional.empty()
        : Optional.of("a \"%\" in it is not followed by two hexadecimal digits");
  }

  /** The scheme in lower case, or {@code ""}. */
  public static String scheme(String text) {
    Matcher scheme = SCHEME.matcher(text);
    return scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /** Whether a host is named. */
  public static boolean hasHost(String text) {
    Matcher scheme = SCHEME.matcher(text);
    Matcher authority = AUTHORITY.matcher(scheme.matches() ? scheme.group(2) : text);
    return authority.matches()
        && !authority.group(1).substring(authority.group(1).lastIndexOf('@') + 1).isEmpty();
  }

  /** The URL with {@code xxxxx} in place of the password. */
  public static String withoutPassword(String text) {
    Matcher password = PASSWORD.matcher(text);
    return password.matches() ? password.group(1) + "xxxxx" + password.group(2) : text;
  }
}
