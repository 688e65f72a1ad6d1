package io.narthex.remote.internal.write;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.ObjIntConsumer;

/**
 * What of a request is refused: for each reason how often, and the first of them in words. So the
 * text has a bounded length. Not safe for use by several threads.
 */
final class Refusals {
  private static final Refusal[] REASONS = Refusal.values();

  private final int[] counts = new int[REASONS.length];
  private final String[] firsts = new String[REASONS.length];
  private boolean any;

  void clear() {
    Arrays.fill(counts, 0);
    any = false;
  }

  boolean isEmpty() {
    return !any;
  }

  /** Whether this would be the first for the reason, which then is put in words. */
  boolean isFirst(Refusal reason) {
    return counts[reason.ordinal()] == 0;
  }

  /**
   * Counts.
   *
   * @param what of which series; used if it is the first
   */
  void add(Refusal reason, int count, String what) {
    if (isFirst(reason)) {
      firsts[reason.ordinal()] = what;
    }
    counts[reason.ordinal()] += count;
    any = true;
  }

  void forEach(ObjIntConsumer<Refusal> consumer) {
    for (Refusal reason : REASONS) {
      if (counts[reason.ordinal()] > 0) {
        consumer.accept(reason, counts[reason.ordinal()]);
      }
    }
  }

  /** A line for each reason. */
  String text() {
    StringJoiner lines = new StringJoiner("\n");
    forEach(
        (reason, count) -> {
          String more = count > 1 ? " (and %d more)".formatted(count - 1) : "";
          lines.add(reason.text + firsts[reason.ordinal()] + more);
        });
    return lines.toString();
  }
}
