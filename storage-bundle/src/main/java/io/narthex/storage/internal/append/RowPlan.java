package io.narthex.storage.internal.append;

import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.RowInput;
import io.narthex.storage.internal.panel.SlotStates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a commit has for one panel, row by row, before anything of it is in the log. To be used
 * again and again, by one thread.
 */
final class RowPlan {
  private final Slot[] slots = new Slot[Panel.MAX_SLOTS];
  private final RowInput input = new RowInput();
  private final SlotStates copy = new SlotStates(0);
  private final long[] bound = new long[Panel.MAX_SLOTS / 64];

  private int id;
  private @Nullable Panel panel;
  private SlotStates states = copy;
  private int size;
  private int openRows;
  private long lastTime;
  private boolean inSegment;
  private int group;
  private boolean loose;

  /** Begins with a panel that is there. */
  void begin(Panel of, int segment, boolean severalRows) {
    begin(of.id());
    panel = of;
    size = of.slots();
    openRows = of.nextRow();
    lastTime = of.lastTime();
    inSegment = of.isIn(segment);
    states = of.states();
    if (severalRows) {
      copy.copyFrom(of.states());
      states = copy;
    }
  }

  /** Begins with a panel that is made by the commit. */
  void begin(int newId) {
    id = newId;
    panel = null;
    size = 0;
    openRows = 0;
    lastTime = Long.MIN_VALUE;
    inSegment = false;
    copy.reset();
    states = copy;
    Arrays.fill(bound, 0);
    group = -1;
    loose = false;
  }

  /** Begins a row, unless it is begun; says whether it has begun it. */
  boolean beginRow(int ofGroup) {
    if (group == ofGroup) {
      return false;
    }
    group = ofGroup;
    input.begin();
    return true;
  }

  int id() {
    return id;
  }

  boolean hasRoom() {
    return size < Panel.MAX_SLOTS;
  }

  /** Gives out the next slot. */
  int addSlot() {
    return size++;
  }

  void put(int at, Slot slot, long number, int form) {
    slots[at] = slot;
    input.put(at, number, form);
  }

  RowInput input() {
    input.size(size);
    return input;
  }

  Slot slot(int at) {
    return slots[at];
  }

  SlotStates states() {
    return states;
  }

  /** Whether the samples can go in as a row: newer than the last, and of most of the panel. */
  boolean isRow(long time) {
    return !loose && time > lastTime && input.count() * 2 >= states.present();
  }

  /** No more rows in this commit: an older sample goes in beside them, after them. */
  void goLoose() {
    loose = true;
  }

  /** Whether the log's segment knows the series of a slot. */
  boolean isBound(int at, int segment) {
    return (bound[at >> 6] >>> at & 1) != 0 || panel != null && panel.isBound(segment, at);
  }

  /** The log's segment knows the series of a slot from now on; false if it does already. */
  boolean bind(int at, int segment) {
    boolean known = isBound(at, segment);
    bound[at >> 6] |= 1L << at;
    return !known;
  }

  /** The number of the next row: 0 for a base row. */
  int nextRow() {
    int most = panel == null ? Panel.ROWS : panel.mostRows();
    return inSegment && openRows < most ? openRows : 0;
  }

  /** A row was encoded. */
  void added(int number, long time) {
    openRows = number + 1;
    lastTime = time;
    inSegment = true;
  }
}
