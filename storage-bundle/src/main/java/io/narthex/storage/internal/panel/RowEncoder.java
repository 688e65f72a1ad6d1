package io.narthex.storage.internal.panel;

import java.util.Arrays;

/** Encodes rows, by {@link RowCode}. To be used again and again, by one thread. */
public final class RowEncoder {
  /** A change takes at most so many: head, gap, control, value. */
  private static final int LONGEST_CHANGE = 1 + 3 + 1 + 10;

  private byte[] bytes = new byte[1024];
  private int length;

  /** What was encoded last; valid until the next row. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes it takes. */
  public int length() {
    return length;
  }

  /** Encodes what differs from the states, which stay as they are. */
  public void encode(RowInput input, SlotStates states) {
    length = 0;
    int next = 0;
    for (int slot = 0; slot < input.size(); slot++) {
      int form = input.form(slot);
      int before = states.form(slot);
      if (form == SlotValue.ABSENT) {
        if ((before & SlotValue.ABSENT) == 0) {
          head(slot - next, RowCode.ABSENT);
          next = slot + 1;
        }
      } else if (change(slot - next, input.number(slot), form, states.number(slot), before)) {
        next = slot + 1;
      }
    }
  }

  /** Encodes the last row of states as one after which nothing before is needed. */
  void encodeBase(SlotStates states, SlotTimes times, long lastTime, int slots) {
    length = 0;
    int next = 0;
    for (int slot = 0; slot < slots; slot++) {
      if (states.isPresent(slot)
          && change(slot - next, states.number(slot), states.form(slot), 0, SlotValue.ABSENT)) {
        next = slot + 1;
      } else if (states.form(slot) == SlotValue.ENDED && times.last(slot) == lastTime) {
        head(slot - next, RowCode.STALE);
        next = slot + 1;
      }
    }
  }

  /** Encodes all that is present, as the row after which nothing before is needed. */
  public void encodeBase(RowInput input) {
    length = 0;
    int next = 0;
    for (int slot = 0; slot < input.size(); slot++) {
      int form = input.form(slot);
      if (form != SlotValue.ABSENT
          && change(slot - next, input.number(slot), form, 0, SlotValue.ABSENT)) {
        next = slot + 1;
      }
    }
  }

  /** Brings states to where they are after a row, as those who decode it do. */
  public static void advance(RowInput input, SlotStates states, boolean base) {
    if (base) {
      states.reset();
    }
    for (int slot = 0; slot < input.size(); slot++) {
      int form = input.form(slot);
      long number = input.number(slot);
      int before = states.form(slot);
      if (form == SlotValue.RAW && number == SlotValue.STALE_BITS) {
        states.set(slot, 0, SlotValue.ENDED);
      } else if (form == SlotValue.ABSENT) {
        states.set(slot, 0, states.isPresent(slot) ? SlotValue.ABSENT : before);
      } else {
        long aligned = form == SlotValue.RAW ? Long.MIN_VALUE : aligned(number, form, before);
        boolean isAligned = aligned != Long.MIN_VALUE;
        states.set(
            slot, isAligned ? aligned : number, isAligned ? before & SlotValue.READING : form);
      }
    }
  }

  /** With fewer decimals than before: 12.5 after 12.34 is 12.50. */
  private static long aligned(long number, int form, int before) {
    int reading = before & SlotValue.READING;
    return reading == SlotValue.RAW || reading < form
        ? Long.MIN_VALUE
        : SlotValue.withMoreDecimals(number, reading - form);
  }

  /** Whether there was anything to write. */
  private boolean change(int gap, long number, int form, long numberBefore, int before) {
    if (form == SlotValue.RAW) {
      return raw(gap, number, numberBefore, before);
    }
    long aligned = aligned(number, form, before);
    if (aligned != Long.MIN_VALUE) {
      return delta(gap, aligned - numberBefore, before);
    }
    head(gap, RowCode.FORM);
    bytes[length++] = (byte) form;
    uvarint((number << 1) ^ (number >> 63));
    return true;
  }

  private boolean raw(int gap, long bits, long numberBefore, int before) {
    if (bits == SlotValue.STALE_BITS) {
      head(gap, RowCode.STALE);
      return true;
    }
    boolean same = (before & SlotValue.READING) == SlotValue.RAW;
    long xor = same ? bits ^ numberBefore : bits;
    if (same && xor == 0) {
      return again(gap, before);
    }
    head(gap, RowCode.RAW_XOR);
    int zeros = xor == 0 ? 0 : Long.numberOfTrailingZeros(xor) / 8;
    int n = xor == 0 ? 0 : 8 - zeros - Long.numberOfLeadingZeros(xor) / 8;
    bytes[length++] = (byte) (zeros << 4 | n);
    littleEndian(xor >>> (8 * zeros), n);
    return true;
  }

  private boolean again(int gap, int before) {
    if ((before & SlotValue.ABSENT) == 0) {
      return false;
    }
    head(gap, RowCode.AGAIN);
    return true;
  }

  private boolean delta(int gap, long delta, int before) {
    if (delta == 0) {
      return again(gap, before);
    }
    if (delta == 1 || delta == -1) {
      head(gap, delta == 1 ? RowCode.PLUS_ONE : RowCode.MINUS_ONE);
      return true;
    }
    long zigzag = (delta << 1) ^ (delta >> 63);
    int n = 8 - Long.numberOfLeadingZeros(zigzag) / 8;
    head(gap, n);
    littleEndian(zigzag, n);
    return true;
  }

  private void head(int gap, int code) {
    if (length + LONGEST_CHANGE > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    if (gap < RowCode.LARGEST_GAP) {
      bytes[length++] = (byte) (gap << 4 | code);
    } else {
      bytes[length++] = (byte) (RowCode.LARGEST_GAP << 4 | code);
      uvarint(gap - RowCode.LARGEST_GAP);
    }
  }

  private void uvarint(long value) {
    long v = value;
    while ((v & ~0x7fL) != 0) {
      bytes[length++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    bytes[length++] = (byte) v;
  }

  private void littleEndian(long value, int n) {
    long v = value;
    for (int i = 0; i < n; i++) {
      bytes[length++] = (byte) v;
      v >>>= 8;
    }
  }
}
