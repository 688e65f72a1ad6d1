package io.narthex.storage.internal.append;

import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.RowInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows that an appender collects, one for each panel of its series. For use by one thread. */
final class PanelRows {
  private static final int NOWHERE = -1;
  private static final int SLOT_BITS = 9;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  private final List<PanelRow> all = new ArrayList<>(0);
  private final List<PanelRow> begun = new ArrayList<>(0);

  /** For each slot of the appender: the number of its row, and the place in it. */
  private int[] places = {};

  private int count;

  /** Takes samples. */
  interface Sink {
    /** A sample of a slot of the appender. */
    void sample(int slot, long time, long number, int form);
  }

  /** A slot of the appender has a place in a panel. */
  void place(int slot, Panel panel, int at) {
    if (slot >= places.length) {
      int before = places.length;
      places = Arrays.copyOf(places, Math.max(slot + 1, before + before / 2));
      Arrays.fill(places, before, places.length, NOWHERE);
    }
    int row = rowOf(panel, places[slot]);
    places[slot] = row << SLOT_BITS | at;
    all.get(row).place(at, slot);
  }

  private int rowOf(Panel panel, int hint) {
    if (hint != NOWHERE && all.get(hint >>> SLOT_BITS).panel() == panel) {
      return hint >>> SLOT_BITS;
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).panel() == panel) {
        return i;
      }
    }
    all.add(new PanelRow(panel));
    return all.size() - 1;
  }

  /** Puts a sample where its row is collected; false if something is not as usual. */
  boolean put(int slot, long time, long number, int form, int transaction) {
    int place = slot >= 0 && slot < places.length ? places[slot] : NOWHERE;
    if (place == NOWHERE) {
      return false;
    }
    PanelRow row = all.get(place >>> SLOT_BITS);
    if (!row.hasBegun(transaction)) {
      row.begin(transaction, time);
      begun.add(row);
    }
    if (!row.put(place & SLOT_MASK, time, number, form)) {
      return false;
    }
    count++;
    return true;
  }

  /** The form of the last value of a slot, which the next is likely to have too; 0 if unknown. */
  int lastForm(int slot) {
    int place = slot < places.length ? places[slot] : NOWHERE;
    return place == NOWHERE
        ? 0
        : all.get(place >>> SLOT_BITS).panel().states().form(place & SLOT_MASK);
  }

  /** How many samples there are. */
  int count() {
    return count;
  }

  /** The rows of this transaction. */
  List<PanelRow> begun() {
    return begun;
  }

  /** Whether all can go into the log as they are; under the head's lock. */
  boolean areRows(int segment) {
    for (PanelRow row : begun) {
      if (!row.isRow(segment)) {
        return false;
      }
    }
    return true;
  }

  /** Goes over all samples. */
  void forEach(Sink sink) {
    for (PanelRow row : begun) {
      RowInput input = row.input();
      for (int at = 0; at < input.size(); at++) {
        if (input.has(at)) {
          sink.sample(row.slot(at), row.time(), input.number(at), input.form(at));
        }
      }
    }
  }

  /** Forgets the samples, and all places if series have left a panel that they were for. */
  void clear() {
    boolean isOutdated = false;
    for (int i = 0; i < begun.size(); i++) {
      isOutdated |= begun.get(i).isOutdated();
    }
    if (isOutdated) {
      Arrays.fill(places, NOWHERE);
      all.clear();
    }
    begun.clear();
    count = 0;
  }
}
