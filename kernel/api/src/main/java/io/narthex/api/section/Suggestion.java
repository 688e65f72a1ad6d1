package io.narthex.api.section;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that was probably meant. */
public final class Suggestion {
  private static final int LONGEST_KEY = 64;

  private Suggestion() {}

  /** The nearest candidate, if it is near enough to be worth a mention. */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST_KEY) {
      return Optional.empty();
    }
    int limit = Math.max(1, word.length() / 4);
    return candidates.stream()
        .filter(c -> distance(word, c) <= limit)
        .min(Comparator.<String>comparingInt(c -> distance(word, c)).thenComparing(c -> c));
  }

  /** How many characters must be inserted, removed or replaced. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
