package io.narthex.scrape.internal.record;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.StorageErrors;
import io.narthex.scrape.internal.text.ExpositionReader;
import io.narthex.scrape.internal.text.RawLabels;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The series that a target has under one set of rules: which there are, and how they are made. Not
 * safe for use by several threads.
 */
final class KnownSeries {
  final SeriesTable table = new SeriesTable();
  final LatestExemplars exemplars = new LatestExemplars();
  private final SeriesRules rules;
  private final Labels target;

  /** Reads the texts of the last scrape. */
  private @Nullable ExpositionReader reader;

  /** How many slots the appender has given out. */
  private int slots;

  KnownSeries(SeriesRules rules, Labels target) {
    this.rules = rules;
    this.target = target;
  }

  /** Whether all that is known holds under these rules too. */
  boolean holdsFor(SeriesRules others) {
    return rules.makeSameSeriesAs(others);
  }

  /** The appender is another. */
  void forgetSlots() {
    table.forgetSlots();
    exemplars.clear();
    slots = 0;
  }

  /** Whether most slots are of series that are long gone; only another appender forgets them. */
  boolean hasOutgrownItsAppender() {
    return slots > 4L * table.size() + 4096;
  }

  /**
   * The labels of the series that is stored, or null if it is dropped.
   *
   * @throws SeriesRejectedException if it may not be stored
   */
  @Nullable Labels labels(RawLabels sent) throws SeriesRejectedException {
    return rules.stored(sent, target);
  }

  /** A slot, or {@link SeriesTable#NONE} if the storage has no room for the series. */
  int slot(Appender open, Labels labels) {
    try {
      int slot = open.slot(labels);
      slots = Math.max(slots, slot + 1);
      return slot;
    } catch (NarthexException e) {
      if (e.code().equals(StorageErrors.SERIES_LIMIT)) {
        return SeriesTable.NONE;
      }
      throw e;
    }
  }

  /** The slots of the series that came in this scrape. */
  BitSet current() {
    BitSet current = new BitSet();
    for (int entry = 0; entry < table.size(); entry++) {
      if (table.isTracked(entry)) {
        current.set(table.slot(entry));
      }
    }
    return current;
  }

  /**
   * Ends the series that came in the scrape before and not in this one. Two texts may name one
   * series, and after a reload another set of rules may make it.
   */
  void appendStale(Appender open, long time, BitSet current) {
    SeriesTexts.Cursor texts = table.texts();
    for (int entry = 0; entry < table.size(); entry++) {
      if (table.hasGone(entry)) {
        int slot = table.slot(entry);
        if (slot == SeriesTable.NONE) {
          slot = slotAgain(open, entry, texts);
        }
        if (slot != SeriesTable.NONE && !current.get(slot)) {
          open.append(slot, time, StaleMarker.VALUE);
        }
      }
    }
  }

  /** The slot of a series that was made in another storage and has not come again. */
  private int slotAgain(Appender open, int entry, SeriesTexts.Cursor texts) {
    ExpositionReader last = reader;
    if (last == null) {
      return SeriesTable.NONE;
    }
    try {
      Labels labels = labels(last.parseSeries(texts.text(entry), table.type(entry)));
      if (labels == null) {
        return SeriesTable.NONE;
      }
      int slot = slot(open, labels);
      table.slot(entry, slot);
      return slot;
    } catch (SeriesRejectedException e) {
      throw new IllegalStateException("a series that was stored before is rejected", e);
    }
  }

  /** Ends a scrape; the reader read what came in it, if anything came. */
  boolean endScrape(boolean good, @Nullable ExpositionReader readBy) {
    reader = readBy;
    if (exemplars.size() > table.size()) {
      exemplars.clear();
    }
    return table.endScrape(good);
  }
}
