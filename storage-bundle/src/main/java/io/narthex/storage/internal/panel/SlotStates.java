package io.narthex.storage.internal.panel;

import java.util.Arrays;

/**
 * The value of each slot of a panel as the last row left it: rows are coded against it. Slots that
 * there were none of yet are absent.
 */
public final class SlotStates {
  private static final int FIRST = 16;

  private long[] numbers;
  private byte[] forms;
  private int present;

  /** So many slots, all absent. */
  public SlotStates(int slots) {
    numbers = new long[Math.max(FIRST, slots)];
    forms = new byte[numbers.length];
    Arrays.fill(forms, (byte) SlotValue.ABSENT);
  }

  /** How many slots have a sample in the last row. */
  public int present() {
    return present;
  }

  /** The number of a slot's value. */
  public long number(int slot) {
    return slot < numbers.length ? numbers[slot] : 0;
  }

  /** The form of a slot's value, with {@link SlotValue#ABSENT} if it has no sample. */
  public int form(int slot) {
    return slot < forms.length ? forms[slot] : SlotValue.ABSENT;
  }

  /** Whether the slot has a sample in the last row. */
  public boolean isPresent(int slot) {
    return (form(slot) & SlotValue.ABSENT) == 0;
  }

  void set(int slot, long number, int form) {
    if (slot >= numbers.length) {
      grow(slot + 1);
    }
    present += (forms[slot] & SlotValue.ABSENT) >> 6;
    present -= (form & SlotValue.ABSENT) >> 6;
    numbers[slot] = number;
    forms[slot] = (byte) form;
  }

  /** As at first; a base row begins so. */
  public void reset() {
    Arrays.fill(numbers, 0);
    Arrays.fill(forms, (byte) SlotValue.ABSENT);
    present = 0;
  }

  /** Becomes the same as others. */
  public void copyFrom(SlotStates other) {
    if (numbers.length < other.numbers.length) {
      numbers = new long[other.numbers.length];
      forms = new byte[other.forms.length];
    }
    reset();
    System.arraycopy(other.numbers, 0, numbers, 0, other.numbers.length);
    System.arraycopy(other.forms, 0, forms, 0, other.forms.length);
    present = other.present;
  }

  private void grow(int needed) {
    int before = numbers.length;
    int now = Math.min(Panel.MAX_SLOTS, Math.max(before * 2, needed));
    numbers = Arrays.copyOf(numbers, now);
    forms = Arrays.copyOf(forms, now);
    Arrays.fill(forms, before, now, (byte) SlotValue.ABSENT);
  }

  /** About how many bytes it takes. */
  long memoryBytes() {
    return 9L * numbers.length + 56;
  }
}
