package io.narthex.scrape.internal.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines about metric families in the order in which they came last, so that the next one can be
 * recognised where it is expected. Lines are known by their hash.
 */
final class LineOrder {
  private static final int NO_TYPE = -1;

  private long[] hashes = {};
  private int[] lengths = {};
  private int[] families = {};
  private byte[] types = {};
  private int length;
  private int at;

  /** The length of the expected line with its end if it stands here, or 0. */
  int matches(byte[] source, int from, int end) {
    if (at >= length) {
      return 0;
    }
    int to = from + lengths[at];
    boolean stands =
        to <= end && source[to - 1] == '\n' && LineHash.of(source, from, to) == hashes[at];
    return stands ? lengths[at] : 0;
  }

  /** The family of the expected line. */
  int family() {
    return families[at];
  }

  /** The expected line has come. */
  void advance() {
    at++;
  }

  /** The type that the line before gives, or null. */
  @Nullable FamilyType repeatedType() {
    int type = types[at - 1];
    return type == NO_TYPE ? null : FamilyType.of(type);
  }

  /** Another line than the expected one has come: from now on it is the expected one here. */
  void learn(byte[] source, MetadataLine line, int family, @Nullable FamilyType type) {
    if (at == hashes.length) {
      grow();
    }
    hashes[at] = LineHash.of(source, line.start(), line.end());
    lengths[at] = line.end() - line.start();
    families[at] = family;
    types[at] = (byte) (type == null ? NO_TYPE : type.ordinal());
    at++;
    length = Math.max(length, at);
  }

  /** Ends a scrape; after a good one what did not come is no longer expected. */
  void endScrape(boolean good) {
    length = good ? at : length;
    at = 0;
  }

  /** The families have other numbers; those without one have not come in the last scrape. */
  void renumber(int[] moved) {
    int kept = 0;
    while (kept < length && moved[families[kept]] >= 0) {
      families[kept] = moved[families[kept]];
      kept++;
    }
    length = kept;
  }

  private void grow() {
    int capacity = Math.max(16, at + (at >> 1));
    hashes = Arrays.copyOf(hashes, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    families = Arrays.copyOf(families, capacity);
    types = Arrays.copyOf(types, capacity);
  }
}
