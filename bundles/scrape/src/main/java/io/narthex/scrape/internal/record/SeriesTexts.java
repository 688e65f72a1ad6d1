package io.narthex.scrape.internal.record;

import java.util.Arrays;

/**
 * The texts of a target's series, in the order they were added. They are seldom needed, only when
 * series have to be made again without their texts at hand; so they are kept small, each as what it
 * does not share with the one before, and read from the first on. Not safe for use by several
 * threads.
 */
final class SeriesTexts {
  private byte[] block = new byte[0];
  private int length;
  private byte[] last = new byte[0];
  private int lastLength;

  void add(byte[] buffer, int from, int to) {
    int different = Arrays.mismatch(last, 0, lastLength, buffer, from, to);
    int shared = different < 0 ? lastLength : different;
    int own = to - from - shared;
    reserve(own + 10);
    number(shared);
    number(own);
    System.arraycopy(buffer, from + shared, block, length, own);
    length += own;
    if (to - from > last.length) {
      last = Arrays.copyOf(last, to - from);
    }
    System.arraycopy(buffer, from + shared, last, shared, own);
    lastLength = to - from;
  }

  private void reserve(int more) {
    if (length + more > block.length) {
      block = Arrays.copyOf(block, Math.max(length + more, length + length / 2));
    }
  }

  private void number(int value) {
    int rest = value;
    while (rest > 0x7f) {
      block[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    block[length++] = (byte) rest;
  }

  /** Gives back room that is not used. */
  void trim() {
    block = Arrays.copyOf(block, length);
  }

  /** How many bytes they take. */
  int bytes() {
    return block.length + last.length;
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Reads the texts in order. */
  final class Cursor {
    private int at;
    private int entry = -1;
    private byte[] text = new byte[lastLength];
    private int textLength;

    /** The text of an entry, which is not before the one asked for last. */
    byte[] text(int wanted) {
      while (entry < wanted) {
        next();
      }
      return Arrays.copyOf(text, textLength);
    }

    private void next() {
      int shared = number();
      int own = number();
      textLength = shared + own;
      if (textLength > text.length) {
        text = Arrays.copyOf(text, textLength * 2);
      }
      System.arraycopy(block, at, text, shared, own);
      at += own;
      entry++;
    }

    private int number() {
      int value = 0;
      int shift = 0;
      byte next;
      do {
        next = block[at++];
        value |= (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      return value;
    }
  }
}
