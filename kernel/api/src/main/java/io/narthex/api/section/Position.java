package io.narthex.api.section;

/** A place in a file; line and column are counted from 1. */
public record Position(int line, int column) {
  /** The beginning of a file. */
  public static final Position START = new Position(1, 1);
}
