package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;

/** The codes of a panel's directory: a byte for each slot. */
final class Directory {
  /** No sample in any row; no bytes. */
  static final int ABSENT = 0;

  /** 0.0 in every row; no bytes. */
  static final int ZERO = 1;

  /** 1.0 in every row; no bytes. */
  static final int ONE = 2;

  /** A whole number of one byte (this code) to six, in every row. */
  static final int FIRST_WHOLE = 3;

  static final int LAST_WHOLE = 8;

  /** A column of one byte (this code) to 239. */
  static final int FIRST_LENGTH = 16;

  static final int LAST_LENGTH = 254;

  /** A column behind its length in two bytes. */
  static final int LONG = 255;

  /** So many slots share a base. */
  static final int GROUP = 16;

  private static final int RESERVED = -1;
  private static final int IN_FRONT = -2;
  private static final short[] LENGTHS = new short[256];

  static {
    for (int code = 0; code < LENGTHS.length; code++) {
      LENGTHS[code] =
          (short)
              (code <= ONE
                  ? 0
                  : code <= LAST_WHOLE
                      ? code - ONE
                      : code < FIRST_LENGTH
                          ? RESERVED
                          : code == LONG ? IN_FRONT : code - FIRST_LENGTH + 1);
    }
  }

  private Directory() {}

  static int groups(int slots) {
    return (slots + GROUP - 1) / GROUP;
  }

  /** The bytes of a column by its code, if they are not in front of it. */
  static int length(int code) {
    return LENGTHS[code];
  }

  /** The code for a column of so many bytes. */
  static int codeOfLength(int bytes) {
    int code = bytes + FIRST_LENGTH - 1;
    return code <= LAST_LENGTH ? code : LONG;
  }

  /** The bytes of the column at an address, before {@code end}, with those in front of it. */
  static long extent(int code, long address, long end) {
    int length = LENGTHS[code];
    if (length >= 0) {
      return length;
    }
    if (length == RESERVED) {
      throw new BadPanelException("a slot of the code %d".formatted(code));
    }
    if (end - address < 2) {
      throw new BadPanelException("a column's length ends with the panel");
    }
    return 2L + Memory.getUnsignedShort(address);
  }
}
