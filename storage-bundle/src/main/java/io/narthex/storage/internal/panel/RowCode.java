package io.narthex.storage.internal.panel;

/**
 * How a change of a slot is coded in a row. A row is the list of its changes in order of slots;
 * what is not named in it is as in the row before.
 *
 * <pre>
 * row    --> change^*                                            to the end of its bytes
 * change --> head u8: gap * 16 + code                            gap: slots passed over, 15: and more
 *            uvarint, if the gap is 15: how many more
 *            code 0       the number grows by 1
 *            code 1 to 8  that many bytes, lowest first: the number's change, as zigzag
 *            code 9       form u8, zigzag uvarint                another form: the number itself
 *            code 10      zn u8, n bytes                         raw: (bits xor base) >>> 8z, lowest byte first
 *                                                                base: the bits before if the form is raw, else 0
 *            code 11      a stale marker; absent after this row
 *            code 12      absent
 *            code 13      there again, with the value 0
 *            code 14      the number shrinks by 1
 * </pre>
 *
 * <p>Codes 0 to 10, 13 and 14 make a slot that was absent present. A slot that is absent counts as
 * one of number and form 0, so that its value depends on nothing before. A base row is coded as if
 * all slots had been absent.
 */
final class RowCode {
  static final int PLUS_ONE = 0;
  static final int DELTA_1 = 1;
  static final int DELTA_8 = 8;
  static final int FORM = 9;
  static final int RAW_XOR = 10;
  static final int STALE = 11;
  static final int ABSENT = 12;
  static final int AGAIN = 13;
  static final int MINUS_ONE = 14;

  static final int LARGEST_GAP = 15;

  private RowCode() {}
}
