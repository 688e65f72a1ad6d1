package io.narthex.storage.internal.head;

/**
 * What was dropped of a head.
 *
 * @param chunks how many chunks and columns went, in whole or in part
 */
public record Dropped(int series, long chunks) {
  static final Dropped NOTHING = new Dropped(0, 0);

  Dropped plus(Dropped other) {
    return new Dropped(series + other.series, chunks + other.chunks);
  }
}
