package io.narthex.http.client.internal.exchange;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs as others may see them. They need not be right ones: servers send them as well. */
final class ShownUrl {
  private static final Pattern USER_INFO =
      Pattern.compile("^(?<before>[^/?#]*//)(?<user>[^/?#:]*)(?<password>:[^/?#]*)?@");

  private ShownUrl() {}

  /** For messages, as Go's: stars for the password. */
  static String of(String url) {
    Matcher found = USER_INFO.matcher(url);
    if (!found.find() || found.group("password") == null) {
      return url;
    }
    return found.group("before") + found.group("user") + ":***@" + url.substring(found.end());
  }

  /** For other servers, as Go's: without user and password. */
  static String withoutUser(String url) {
    Matcher found = USER_INFO.matcher(url);
    return found.find() ? found.group("before") + url.substring(found.end()) : url;
  }
}
