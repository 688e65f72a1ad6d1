package io.narthex.storage.internal.memory;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What memory outside of the heap is for: each {@link Block} counts for one kind. */
public enum MemoryKind {
  /** Names, values and label sets, and the lists of series with a label. */
  LABELS,
  /** Where the samples of each series are. */
  SERIES,
  /** By which references the log names series. */
  REFERENCES,
  /** Open rows of panels. */
  ROWS,
  /** Sealed rows of panels, as columns. */
  COLUMNS,
  /** Space to work in. */
  SCRATCH;

  private final AtomicLong bytes = new AtomicLong();

  /** Its name in metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The bytes of all blocks of this kind that are allocated now. */
  public long bytes() {
    return bytes.get();
  }

  void add(long more) {
    bytes.addAndGet(more);
  }
}
