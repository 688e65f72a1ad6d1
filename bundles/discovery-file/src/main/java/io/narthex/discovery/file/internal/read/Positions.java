package io.narthex.discovery.file.internal.read;

import io.narthex.api.section.Position;

/** Finds lines and columns. */
final class Positions {
  private Positions() {}

  /** Where the character of this index, counted in code points, stands in the text. */
  static Position of(String text, int codePoint) {
    int line = 1;
    int column = 1;
    int[] before = text.codePoints().limit(codePoint).toArray();
    for (int character : before) {
      if (character == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Position(line, column);
  }
}
