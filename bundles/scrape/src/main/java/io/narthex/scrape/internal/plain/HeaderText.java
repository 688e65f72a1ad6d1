package io.narthex.scrape.internal.plain;

import java.util.Arrays;

/**
 * Puts the lines of a head together, one header after the other: a line that begins with a blank
 * continues the one before it. So the end of a header is known only with the first byte behind it.
 * Not safe for use by several threads.
 */
final class HeaderText {
  private byte[] line = new byte[256];
  private int length;

  /** Where the last piece of the header begins; 0 if it was not continued. */
  private int piece;

  /** Whether a line has ended which the next may continue. */
  private boolean held;

  /** Whether the blanks at the beginning of a continuation are being left out. */
  private boolean indented;

  void clear() {
    length = 0;
    piece = 0;
    held = false;
    indented = false;
  }

  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** Whether the header that was put together is whole, since this byte does not continue it. */
  boolean endsBefore(byte next) {
    return held && !indented && !HeaderLine.isBlank(next);
  }

  /**
   * Takes the next byte, which begins a new header if the last was cleared.
   *
   * @return whether it ended a line that is empty: that is the end of the head
   */
  boolean take(byte next) throws BadResponseException {
    if (held && HeaderLine.isBlank(next)) {
      if (!indented) {
        append((byte) ' ');
        piece = length;
        indented = true;
      }
      return false;
    }
    held = false;
    indented = false;
    if (next != '\n') {
      append(next);
      return false;
    }
    if (length > piece && line[length - 1] == '\r') {
      length--;
    }
    if (length == 0) {
      return true;
    }
    endPiece();
    return false;
  }

  /** The other side has closed: what there is counts as a line. */
  void end() throws BadResponseException {
    if (!held && length > 0) {
      endPiece();
    }
  }

  private void endPiece() throws BadResponseException {
    if (piece == 0) {
      refuse(HeaderLine.begun(line, 0, length));
    }
    while (length > piece && HeaderLine.isBlank(line[length - 1])) {
      length--;
    }
    held = true;
  }

  private void append(byte next) {
    if (length == line.length) {
      line = Arrays.copyOf(line, length * 2);
    }
    line[length++] = next;
  }

  private static void refuse(String problem) throws BadResponseException {
    if (!problem.isEmpty()) {
      throw BadResponseException.inHead(problem);
    }
  }

  /**
   * Checks a trailer, which has come whole.
   *
   * @return what is wrong, or {@code ""}
   */
  static String problem(byte[] trailer, int end) {
    HeaderText text = new HeaderText();
    try {
      for (int i = 0; i < end; i++) {
        if (text.endsBefore(trailer[i])) {
          refuse(HeaderLine.whole(text.line, 0, text.length));
          text.clear();
        }
        if (text.take(trailer[i])) {
          return "";
        }
      }
      return "";
    } catch (BadResponseException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
