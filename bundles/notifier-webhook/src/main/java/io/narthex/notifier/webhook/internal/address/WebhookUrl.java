package io.narthex.notifier.webhook.internal.address;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads URLs as leniently as Go does: what may not stand in one is escaped. Errors never quote it,
 * since it may hold a token.
 */
public final class WebhookUrl {
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#]*)(?<path>[^?#]*)"
              + "(\\?(?<query>[^#]*))?(#.*)?",
          Pattern.DOTALL);
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final String ALLOWED = "-._~!$&'()*+,;=:@/";
  private static final String ALLOWED_IN_QUERY = ALLOWED + "?[]";

  private WebhookUrl() {}

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it cannot be requested; the message says what it should be,
   *     and is the end of a sentence that begins with its name
   */
  public static URI parse(String text) {
    if (CONTROL.matcher(text).find()) {
      throw new IllegalArgumentException("has a control character in it");
    }
    Matcher parts = PARTS.matcher(text);
    String scheme = parts.matches() ? parts.group("scheme").toLowerCase(Locale.ROOT) : "";
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("begins with neither http:// nor https://");
    }
    String authority = parts.group("authority");
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    if (host.isEmpty() || host.startsWith(":")) {
      throw new IllegalArgumentException("has no host");
    }
    if (!host.matches("(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:]+)(:[0-9]*)?")) {
      throw new IllegalArgumentException("has a host or port that cannot be read");
    }
    String query = parts.group("query");
    String escaped =
        scheme
            + "://"
            + authority
            + escape(parts.group("path"), ALLOWED)
            + (query == null ? "" : "?" + escape(query, ALLOWED_IN_QUERY));
    try {
      return new URI(escaped);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("cannot be read as a URL");
    }
  }

  private static String escape(String text, String allowed) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isAlphanumeric(c) || allowed.indexOf(c) >= 0 || c == '%' && isEscape(text, i)) {
        out.append((char) c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          out.append("%%%02X".formatted(b & 0xff));
        }
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static boolean isAlphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }
}
