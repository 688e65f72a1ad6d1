package io.narthex.templates.internal.output;

import io.narthex.templates.internal.value.BoundedText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Values for the places in HTML where they may stand. */
final class HtmlEscapes {
  /** What stands for a value that could do harm; it is found by looking for it. */
  private static final String HARMLESS = "ZgotmplZ";

  private static final String URL_RESERVED = "!#$&*+,/:;=?@[]";
  private static final String URL_UNRESERVED = "-._~";
  private static final String CSS_SAFE = " #%.,-+_!:";
  private static final String BARE_SPECIAL = "\t\n\u000b\f\r =`";

  private HtmlEscapes() {}

  /** For text and for values of attributes between quotes. */
  static String text(String value) {
    return escape(value, true, false);
  }

  /** For a text that is HTML already where no elements may be: its entities stay. */
  static String again(String value) {
    return escape(value, false, false);
  }

  /** For values of attributes without quotes. */
  static String bare(String value, boolean escapedBefore) {
    return value.isEmpty() ? HARMLESS : escape(value, !escapedBefore, true);
  }

  private static String escape(String value, boolean ampersands, boolean bare) {
    BoundedText out = new BoundedText();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case 0 -> out.append(bare ? "&#xfffd;" : "\uFFFD");
        case '"', '\'', '+' -> numbered(out, c);
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append(ampersands ? "&amp;" : "&");
        default -> {
          if (bare && BARE_SPECIAL.indexOf(c) >= 0) {
            numbered(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static void numbered(BoundedText out, char c) {
    out.append("&#").append(Integer.toString(c)).append(';');
  }

  /** HTML without its elements. */
  static String withoutTags(String html) {
    StringBuilder out = new StringBuilder(html.length());
    for (int at = 0; at < html.length(); ) {
      int open = html.indexOf('<', at);
      int close = open < 0 ? -1 : html.indexOf('>', open);
      if (close < 0) {
        return out.append(html, at, html.length()).toString();
      }
      out.append(html, at, open);
      at = close + 1;
    }
    return out.toString();
  }

  /** The value, if it is a URL of a harmless kind or a relative one. */
  static String safeScheme(String value) {
    int colon = value.indexOf(':');
    if (colon < 0 || value.substring(0, colon).indexOf('/') >= 0) {
      return value;
    }
    return switch (value.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "http", "https", "mailto" -> value;
      default -> "#" + HARMLESS;
    };
  }

  /**
   * A part of a URL.
   *
   * @param whole whether it may have parts itself, so that only what no URL has is escaped
   */
  static String url(String value, boolean whole) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    BoundedText out = new BoundedText();
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xFF);
      boolean plain =
          letterOrDigit(c)
              || URL_UNRESERVED.indexOf(c) >= 0
              || whole && (URL_RESERVED.indexOf(c) >= 0 || c == '%' && escapeAt(bytes, i));
      if (plain) {
        out.append(c);
      } else {
        out.append("%%%02x".formatted((int) c));
      }
    }
    return out.toString();
  }

  private static boolean escapeAt(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && Character.digit((char) bytes[at + 1], 16) >= 0
        && Character.digit((char) bytes[at + 2], 16) >= 0;
  }

  /** A value in a style, if it is a plain one. */
  static String css(String value) {
    boolean plain =
        value.chars().allMatch(c -> letterOrDigit((char) c) || CSS_SAFE.indexOf(c) >= 0)
            && !value.contains("--")
            && !value.toLowerCase(Locale.ROOT).contains("expression");
    return plain ? value : HARMLESS;
  }

  private static boolean letterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
