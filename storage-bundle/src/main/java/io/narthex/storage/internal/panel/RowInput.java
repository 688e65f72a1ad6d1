package io.narthex.storage.internal.panel;

import java.util.Arrays;

/**
 * What a commit has for the slots of one panel at one time. Slots without a sample are absent. To
 * be used again and again, by one thread.
 */
public final class RowInput {
  private long[] numbers;
  private byte[] forms;
  private int size;
  private int count;

  /** With room for a whole panel. */
  public RowInput() {
    this(Panel.MAX_SLOTS);
  }

  /** With room for so many slots. */
  public RowInput(int slots) {
    numbers = new long[slots];
    forms = new byte[slots];
    begin();
  }

  /** Makes room for so many slots. */
  public void ensure(int slots) {
    int before = forms.length;
    if (slots > before) {
      numbers = Arrays.copyOf(numbers, slots);
      forms = Arrays.copyOf(forms, slots);
      Arrays.fill(forms, before, slots, (byte) SlotValue.ABSENT);
    }
  }

  /** Begins a row, all slots absent. */
  public void begin() {
    Arrays.fill(forms, (byte) SlotValue.ABSENT);
    size = 0;
    count = 0;
  }

  /** How many slots there are. */
  public void size(int slots) {
    ensure(slots);
    size = slots;
  }

  /** Adds the sample of a slot that has none yet. */
  public void put(int slot, long number, int form) {
    numbers[slot] = number;
    forms[slot] = (byte) form;
    count++;
  }

  /** Whether the slot has a sample. */
  public boolean has(int slot) {
    return forms[slot] != SlotValue.ABSENT;
  }

  /** How many slots have a sample. */
  public int count() {
    return count;
  }

  /** How many slots there are. */
  public int size() {
    return size;
  }

  /** The number of a slot's sample. */
  public long number(int slot) {
    return numbers[slot];
  }

  /** The form of a slot's sample, {@link SlotValue#ABSENT} without one. */
  public int form(int slot) {
    return forms[slot];
  }
}
