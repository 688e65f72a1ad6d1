package io.narthex.config.internal.schema;

import java.util.Comparator;

/** The order in which upstream shows keys: letters after all else, digits as numbers. */
enum KeyOrder implements Comparator<String> {
  /** The order. */
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    int common = Math.min(left.length, right.length);
    for (int i = 0; i < common; i++) {
      if (left[i] != right[i]) {
        return compareAt(left, right, i);
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareAt(int[] a, int[] b, int at) {
    boolean letterA = Character.isLetter(a[at]);
    boolean letterB = Character.isLetter(b[at]);
    if (letterA != letterB) {
      return letterB ? -1 : 1;
    }
    if (!letterA) {
      int lead = (a[at] == '0' || b[at] == '0') && followsNumber(a, at) ? 1 : 0;
      int numbers = Long.compare(number(a, at, lead), number(b, at, lead));
      int lengths = Integer.compare(digitsEnd(a, at), digitsEnd(b, at));
      if (numbers != 0 || lengths != 0) {
        return numbers != 0 ? numbers : lengths;
      }
    }
    return Integer.compare(a[at], b[at]);
  }

  private static boolean followsNumber(int[] text, int at) {
    for (int i = at - 1; i >= 0 && Character.isDigit(text[i]); i--) {
      if (text[i] != '0') {
        return true;
      }
    }
    return false;
  }

  private static long number(int[] text, int from, int lead) {
    long number = lead;
    for (int i = from; i < digitsEnd(text, from); i++) {
      number = number * 10 + (text[i] - '0');
    }
    return number;
  }

  private static int digitsEnd(int[] text, int from) {
    int end = from;
    while (end < text.length && Character.isDigit(text[end])) {
      end++;
    }
    return end;
  }
}
