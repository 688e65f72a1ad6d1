package io.narthex.notifier.email.internal.settings;

import java.util.regex.Pattern;

/** The names of a mail's headers. */
final class HeaderNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private HeaderNames() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** As Go spells them: each word begins with a capital, as in {@code Message-Id}. */
  static String canonical(String name) {
    StringBuilder out = new StringBuilder(name.length());
    boolean begins = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (begins && c >= 'a' && c <= 'z') {
        out.append((char) (c - 32));
      } else if (!begins && c >= 'A' && c <= 'Z') {
        out.append((char) (c + 32));
      } else {
        out.append(c);
      }
      begins = c == '-';
    }
    return out.toString();
  }
}
