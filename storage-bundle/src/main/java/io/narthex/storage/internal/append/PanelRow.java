package io.narthex.storage.internal.append;

import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.RowInput;
import java.util.Arrays;

/**
 * What an appender collects for one panel, as long as all is as usual: samples of one time, newer
 * than any that its series have, in slots that they have already. Then a sample is put where the
 * row is encoded from, and neither its series nor its labels are looked at. For use by one thread.
 */
final class PanelRow {
  private final Panel panel;
  private final RowInput input;
  private int[] slots;
  private long vacancies;
  private long time;
  private int stamp;
  private boolean isUsual;

  PanelRow(Panel panel) {
    this.panel = panel;
    this.input = new RowInput(panel.slots());
    this.slots = new int[panel.slots()];
    this.vacancies = panel.vacancies();
  }

  Panel panel() {
    return panel;
  }

  /** A slot of the appender has this place in the panel. */
  void place(int at, int slot) {
    if (at >= slots.length) {
      input.ensure(panel.slots());
      slots = Arrays.copyOf(slots, panel.slots());
    }
    slots[at] = slot;
  }

  /** Whether series have left the panel since the slots were placed. */
  boolean isOutdated() {
    return vacancies != panel.vacancies();
  }

  /** Whether the row of a transaction has begun. */
  boolean hasBegun(int transaction) {
    return stamp == transaction;
  }

  /** Begins the row of a transaction. */
  void begin(int transaction, long of) {
    stamp = transaction;
    time = of;
    isUsual = of > panel.newestTime() && !isOutdated();
    input.begin();
  }

  /** Puts a sample, if all is as usual. */
  boolean put(int at, long of, long number, int form) {
    if (!isUsual || of != time || input.has(at)) {
      return false;
    }
    input.put(at, number, form);
    return true;
  }

  long time() {
    return time;
  }

  RowInput input() {
    input.size(panel.slots());
    return input;
  }

  /** The appender's slot at a place that has a sample. */
  int slot(int at) {
    return slots[at];
  }

  /** Whether it can go into the log as it is; under the head's lock. */
  boolean isRow(int segment) {
    return isUsual
        && !isOutdated()
        && time > panel.newestTime()
        && input.count() * 2 >= panel.states().present()
        && isBound(segment);
  }

  private boolean isBound(int segment) {
    if (panel.isWhollyBound(segment)) {
      return true;
    }
    // Series that have ended, or left, are not bound again.
    for (int at = 0; at < input().size(); at++) {
      if (input.has(at) && !panel.isBound(segment, at)) {
        return false;
      }
    }
    return true;
  }
}
