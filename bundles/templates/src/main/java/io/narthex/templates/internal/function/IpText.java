package io.narthex.templates.internal.function;

import java.util.List;

/** Tells addresses from names without asking anybody. */
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  /** Whether a text is an address of IPv4 or IPv6, without a zone. */
  static boolean isAddress(String text) {
    return isV4(text) || isV6(text);
  }

  private static boolean isV4(String text) {
    List<String> parts = List.of(text.split("\\.", -1));
    return parts.size() == 4 && parts.stream().allMatch(IpText::isByte);
  }

  private static boolean isByte(String part) {
    boolean digits =
        !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean padded = part.length() > 1 && part.startsWith("0");
    return digits && !padded && Integer.parseInt(part) <= 255;
  }

  private static boolean isV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == GROUPS;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
    String rest = text.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : groups(rest, true);
    return before >= 0 && after >= 0 && before + after < GROUPS;
  }

  /** How many groups there are, or far too few if they are none. */
  private static int groups(String text, boolean last) {
    List<String> parts = List.of(text.split(":", -1));
    int count = 0;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (last && i == parts.size() - 1 && isV4(part)) {
        count += 2;
      } else if (!part.isEmpty() && part.length() <= 4 && part.chars().allMatch(IpText::isHex)) {
        count++;
      } else {
        return Integer.MIN_VALUE / 2;
      }
    }
    return count;
  }

  private static boolean isHex(int c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }
}
