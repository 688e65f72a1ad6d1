package io.narthex.scrape.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the last TYPE line said; it decides how some label values are written. */
public enum FamilyType {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  SUMMARY,
  UNTYPED;

  private static final byte[][] NAMES = {
    bytes("counter"), bytes("gauge"), bytes("histogram"), bytes("summary"), bytes("untyped")
  };

  private static final FamilyType[] ALL = values();

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The type's position in {@link #values}, or -1 if the bytes name none. */
  static int find(byte[] source, int from, int to) {
    for (int i = 0; i < NAMES.length; i++) {
      if (Arrays.equals(source, from, to, NAMES[i], 0, NAMES[i].length)) {
        return i;
      }
    }
    return -1;
  }

  /** The type at a position of {@link #values}. */
  public static FamilyType of(int position) {
    return ALL[position];
  }
}
