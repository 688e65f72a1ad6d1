package io.narthex.storage.internal.panel;

/** Makes columns of rows. To be used again and again, by one thread. */
public interface Sealing extends AutoCloseable {
  /** Makes columns of all rows of a view. */
  void seal(Panel.View rows, int slots);

  /** The columns; valid until the next are made. */
  byte[] bytes();

  /** How many of the bytes they take. */
  int length();

  /** Frees its memory. */
  @Override
  void close();
}
