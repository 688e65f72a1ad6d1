package io.narthex.storage.internal.append;

import io.narthex.api.metrics.Counter;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.head.DocumentApplier;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What went in and what was refused, since the start. May be used from any thread. */
public final class IngestCounters {
  private static final String FLOAT = "float";
  private static final String HISTOGRAM = "histogram";

  private final Counter appendedFloats;
  private final Counter appendedHistograms;
  private final Counter lateFloats;
  private final Counter lateHistograms;
  private final Map<AppendOutcome, Counter> refusedFloats = new EnumMap<>(AppendOutcome.class);
  private final Map<AppendOutcome, Counter> refusedHistograms = new EnumMap<>(AppendOutcome.class);
  private final LongAdder samples = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder outOfOrder = new LongAdder();
  private final LongAdder tooOld = new LongAdder();
  private final LongAdder outOfBounds = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder seriesCreated = new LongAdder();
  private final LongAdder logBytes = new LongAdder();
  private final LongAdder logFailures = new LongAdder();

  /**
   * Counters from 0, which count into upstream's metrics too: those have a label, the type of a
   * sample.
   *
   * @param appended stored samples
   * @param appendedLate those of them that came out of order
   * @param refused samples that were refused for a reason; not all reasons have one
   */
  public IngestCounters(
      Counter appended, Counter appendedLate, Map<AppendOutcome, Counter> refused) {
    appendedFloats = appended.labels(FLOAT);
    appendedHistograms = appended.labels(HISTOGRAM);
    lateFloats = appendedLate.labels(FLOAT);
    lateHistograms = appendedLate.labels(HISTOGRAM);
    refused.forEach(
        (outcome, counter) -> {
          refusedFloats.put(outcome, counter.labels(FLOAT));
          refusedHistograms.put(outcome, counter.labels(HISTOGRAM));
        });
  }

  void refused(AppendOutcome outcome, boolean isHistogram) {
    switch (outcome) {
      case OUT_OF_ORDER -> outOfOrder.increment();
      case TOO_OLD -> tooOld.increment();
      case OUT_OF_BOUNDS -> outOfBounds.increment();
      case DUPLICATE_TIMESTAMP -> duplicates.increment();
      case ACCEPTED, ALREADY_THERE -> {}
    }
    Counter metric = (isHistogram ? refusedHistograms : refusedFloats).get(outcome);
    if (metric != null) {
      metric.inc();
    }
  }

  void committed(DocumentApplier.Applied applied) {
    appendedFloats.add(applied.samples() - applied.histograms());
    appendedHistograms.add(applied.histograms());
    lateFloats.add(applied.late() - applied.lateHistograms());
    lateHistograms.add(applied.lateHistograms());
    samples.add(applied.samples());
    late.add(applied.late());
    seriesCreated.add(applied.newSeries());
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

  /** Stored samples that came out of order. */
  public long late() {
    return late.sum();
  }

  /** Samples that were older than those that may come out of order. */
  public long tooOld() {
    return tooOld.sum();
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
