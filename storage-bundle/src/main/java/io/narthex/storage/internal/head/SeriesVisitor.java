package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.series.LooseSamples;
import org.jspecify.annotations.Nullable;

/** Looks at series one by one, under the head's read lock. */
@FunctionalInterface
public interface SeriesVisitor {
  /**
   * A series that is not removed.
   *
   * @param series its number, which no other series ever has
   * @param panel the id of the panel that has a slot for it, or -1
   * @param slot its slot there
   * @param loose its samples that came in no row
   */
  void series(int series, Labels labels, int panel, int slot, @Nullable LooseSamples loose);
}
