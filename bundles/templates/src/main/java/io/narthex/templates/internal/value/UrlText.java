package io.narthex.templates.internal.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Texts in the query of a URL. */
public final class UrlText {
  private static final String UNRESERVED = "-_.~";
  private static final String HEX = "0123456789ABCDEF";

  private UrlText() {}

  /** Go's {@code url.QueryEscape}: a space becomes a plus sign. */
  public static String escape(String text) {
    BoundedText out = new BoundedText();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (letterOrDigit(c) || UNRESERVED.indexOf(c) >= 0) {
        out.append(c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      }
    }
    return out.toString();
  }

  /**
   * Go's {@code url.QueryUnescape}.
   *
   * @throws TemplateFault with Go's text
   */
  public static String unescape(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '+') {
        out.write(' ');
      } else if (bytes[i] != '%') {
        out.write(bytes[i]);
      } else {
        out.write(hex(bytes, i));
        i += 2;
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The path of a URL without its escapes, or as it is if they are broken. */
  public static String unescapePath(String path) {
    try {
      return unescape(path.replace("+", "%2B"));
    } catch (TemplateFault broken) {
      return path;
    }
  }

  private static int hex(byte[] bytes, int at) {
    int high = at + 2 < bytes.length ? Character.digit((char) bytes[at + 1], 16) : -1;
    int low = at + 2 < bytes.length ? Character.digit((char) bytes[at + 2], 16) : -1;
    if (high < 0 || low < 0) {
      int length = Math.min(3, bytes.length - at);
      String part = new String(bytes, at, length, StandardCharsets.UTF_8);
      throw new TemplateFault("invalid URL escape " + GoQuote.quote(part));
    }
    return high * 16 + low;
  }

  private static boolean letterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
