package io.narthex.scrape.internal.loop;

import java.util.Arrays;

/**
 * Which series the scrape before had, and which of them this one has. Series are told apart by
 * slot, since two texts may name one series. Not safe for use by several threads.
 */
final class StaleTracker {
  private int[] previous = new int[64];
  private int previousLength;
  private int[] current = new int[64];
  private int currentLength;

  /** By slot: the last round in which the series came. */
  private int[] rounds = new int[64];

  private int round = 1;

  /** Notes that a series came in this scrape. */
  void track(int entry, int slot) {
    if (slot >= rounds.length) {
      rounds = Arrays.copyOf(rounds, Math.max(slot + 1, rounds.length * 2));
    }
    if (rounds[slot] == round) {
      return;
    }
    rounds[slot] = round;
    if (currentLength == current.length) {
      current = Arrays.copyOf(current, currentLength * 2);
    }
    current[currentLength++] = entry;
  }

  int previousLength() {
    return previousLength;
  }

  /** An entry that came in the scrape before. */
  int previous(int i) {
    return previous[i];
  }

  /** Whether the series came in this scrape. */
  boolean isCurrent(int slot) {
    return slot < rounds.length && rounds[slot] == round;
  }

  /** Forgets what came in this scrape so far. */
  void forgetCurrent() {
    currentLength = 0;
    round++;
  }

  /** The slots are others from now on; only between scrapes. */
  void forgetSlots() {
    Arrays.fill(rounds, 0);
  }

  /** Ends the scrape: what came in it is what the next is compared with. */
  void swap() {
    int[] spare = previous;
    previous = current;
    previousLength = currentLength;
    current = spare;
    currentLength = 0;
    round++;
  }

  /**
   * Gives the entries of the scrape before their new numbers; those that have none are forgotten.
   */
  void renumber(int[] moved) {
    int kept = 0;
    for (int i = 0; i < previousLength; i++) {
      if (moved[previous[i]] != SeriesTable.NONE) {
        previous[kept++] = moved[previous[i]];
      }
    }
    previousLength = kept;
  }
}
