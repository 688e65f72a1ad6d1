package io.narthex.storage.internal.append;

import io.narthex.api.metrics.Counter;
import io.narthex.api.storage.AppendOutcome;
import java.util.concurrent.atomic.LongAdder;

/** What went in and what was refused, since the start. May be used from any thread. */
public final class IngestCounters {
  private final Counter appendedFloats;
  private final LongAdder samples = new LongAdder();
  private final LongAdder outOfOrder = new LongAdder();
  private final LongAdder outOfBounds = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder seriesCreated = new LongAdder();
  private final LongAdder logBytes = new LongAdder();
  private final LongAdder logFailures = new LongAdder();

  /**
   * Counters from 0.
   *
   * @param appendedFloats counts the stored samples too: upstream's metric has a label
   */
  public IngestCounters(Counter appendedFloats) {
    this.appendedFloats = appendedFloats;
  }

  void refused(AppendOutcome outcome) {
    switch (outcome) {
      case OUT_OF_ORDER -> outOfOrder.increment();
      case OUT_OF_BOUNDS -> outOfBounds.increment();
      case DUPLICATE_TIMESTAMP -> duplicates.increment();
      case ACCEPTED, ALREADY_THERE -> {}
    }
  }

  void committed(int accepted, int newSeries) {
    appendedFloats.add(accepted);
    samples.add(accepted);
    seriesCreated.add(newSeries);
  }

  void logged(int bytes) {
    logBytes.add(bytes);
  }

  void logFailed() {
    logFailures.increment();
  }

  /** Samples that were stored. */
  public long samples() {
    return samples.sum();
  }

  /** Samples that were older than their series' last. */
  public long outOfOrder() {
    return outOfOrder.sum();
  }

  /** Samples too far in the future or older than what is kept. */
  public long outOfBounds() {
    return outOfBounds.sum();
  }

  /** Samples with another value for a time that was there. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Series that were made. */
  public long seriesCreated() {
    return seriesCreated.sum();
  }

  /** Bytes of documents that went to the log. */
  public long logBytes() {
    return logBytes.sum();
  }

  /** Commits that the log did not take. */
  public long logFailures() {
    return logFailures.sum();
  }
}
