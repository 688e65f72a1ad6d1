package io.narthex.runtime.internal.heap;

/**
 * When the old generation is worth a collection: once it has grown by an eighth, and by some
 * megabytes, over what was left after the last. Above a size it is left to the JVM, since the pause
 * would be long; there garbage is a small part of the process.
 *
 * @param least growth in bytes below which no collection is worth while
 * @param largest size in bytes from which on the JVM decides alone
 */
record GrowthRule(long least, long largest) {
  private static final int SHARE = 8;

  static final GrowthRule DEFAULT = new GrowthRule(6L << 20, 256L << 20);

  /**
   * Whether to collect.
   *
   * @param used what is in the old generation now
   * @param afterLast what was in it after the last collection of it; 0 before the first
   */
  boolean isDue(long used, long afterLast) {
    return used < largest && used - afterLast > Math.max(least, afterLast / SHARE);
  }
}
