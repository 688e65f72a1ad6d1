package io.narthex.storage.internal.column;

/** The bits of a column's first bytes. */
final class ColumnHeader {
  static final int SCALED = 0x20;
  static final int PATCHED = 0x40;
  static final int LAST_PLACES = 0x80;

  static final int SCALE_MASK = 0x7f;
  static final int DIVIDED = 0x80;

  private ColumnHeader() {}

  static int of(int kind, int presence) {
    return kind | presence << 3;
  }

  static int kind(int header) {
    return header & 7;
  }

  static int presence(int header) {
    return header >>> 3 & 3;
  }
}
