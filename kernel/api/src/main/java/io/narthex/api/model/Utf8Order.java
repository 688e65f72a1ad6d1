package io.narthex.api.model;

import java.util.Comparator;

/**
 * The order of label names and values everywhere in Narthex: by the unsigned bytes of their UTF-8
 * form. {@link String#compareTo} compares UTF-16 units and differs above U+FFFF, which would make
 * index files that upstream refuses.
 */
public final class Utf8Order {
  /** {@link #compare} as a comparator. */
  public static final Comparator<String> COMPARATOR = Utf8Order::compare;

  private Utf8Order() {}

  /** Compares as the UTF-8 bytes of both would compare. */
  public static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // A surrogate stands for a code point above every other unit's, whatever its own value.
        boolean xHigh = Character.isSurrogate(x);
        boolean yHigh = Character.isSurrogate(y);
        return xHigh == yHigh ? Character.compare(x, y) : (xHigh ? 1 : -1);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
