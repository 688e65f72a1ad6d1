package io.narthex.storage.internal.labels;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.Map;

/** All memory of an index from one clean-up to the next; freed as a whole. */
final class Generation implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final PagePool pool = new PagePool(MemoryKind.LABELS);
  private final LabelSets sets;

  /** Has one value, which all series have. */
  private final Symbols all;

  Generation(Reclaimer reclaimer) {
    sets = new LabelSets(pool, reclaimer);
    all = new Symbols("", -1, pool, sets.texts(), sets.runs(), reclaimer);
    all.findOrAdd(NOTHING, 0);
  }

  LabelSets sets() {
    return sets;
  }

  void add(int series, Labels labels) {
    sets.add(series, labels);
    all.addSeries(0, series);
  }

  /**
   * Adds a series of another generation.
   *
   * @param isFindable whether it is found by all its labels
   */
  void add(int series, boolean isFindable, Generation from, Map<NameSet, NameSet> known) {
    sets.add(series, isFindable, from.sets, known);
    all.addSeries(0, series);
  }

  /** All series below a limit. */
  PostingsCursor all(int limit) {
    return all.series(0, limit);
  }

  /** How many series were added. */
  int size() {
    return all.count(0);
  }

  long allocatedBytes() {
    LabelBytes bytes = sets.bytes();
    return pool.allocatedBytes() + bytes.valueTables() + bytes.labelSetTable();
  }

  @Override
  public void close() {
    sets.close();
    all.close();
    pool.close();
  }
}
