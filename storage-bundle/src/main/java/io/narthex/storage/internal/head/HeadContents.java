package io.narthex.storage.internal.head;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.storage.internal.series.LabelIndex;
import io.narthex.storage.internal.series.LooseSamples;
import io.narthex.storage.internal.series.Series;
import org.jspecify.annotations.Nullable;

/** What a head has, and how much of it. Guarded by the head's lock. */
final class HeadContents {
  private final Panels panels;
  private LabelIndex index = new LabelIndex();
  private long looseChunks;
  private long looseBytes;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  HeadContents(Panels panels) {
    this.panels = panels;
  }

  Panels panels() {
    return panels;
  }

  LabelIndex index() {
    return index;
  }

  void index(LabelIndex other) {
    index = other;
  }

  long minTime() {
    return minTime;
  }

  long maxTime() {
    return maxTime;
  }

  /** After samples were dropped: the time of the oldest that is left. */
  void minTime(long oldest) {
    minTime = oldest;
  }

  /** There is a sample of this time. */
  void saw(long time) {
    minTime = Math.min(minTime, time);
    maxTime = Math.max(maxTime, time);
  }

  /** Chunks and columns. */
  long chunks() {
    return looseChunks + panels.columns();
  }

  /** About how much memory it takes. */
  long bytes() {
    return index.bytes() + looseBytes + panels.bytes();
  }

  /** Appends a sample in no row. */
  void append(
      Series series,
      long time,
      long bits,
      @Nullable NativeHistogram histogram,
      long commit,
      long oldestReader) {
    leave(series.loose());
    looseBytes += series.append(time, bits, histogram, commit, oldestReader);
    count(series.loose());
    saw(time);
  }

  /** Inserts a sample that came out of order; false if it was there already. */
  boolean insert(
      Series series,
      long time,
      long bits,
      @Nullable NativeHistogram histogram,
      long commit,
      long oldestReader) {
    leave(series.loose());
    long grown = series.insert(time, bits, histogram, commit, oldestReader);
    count(series.loose());
    looseBytes += Math.max(0, grown);
    if (grown >= 0) {
      saw(time);
    }
    return grown >= 0;
  }

  /** Takes a series out, with all its samples. */
  void remove(Series series) {
    leave(series.loose());
    panels.leave(series);
    looseBytes -= series.remove();
    index.remove(series);
  }

  /** Drops the loose chunks of a series whose newest sample is older. */
  void dropChunksBefore(Series series, long time) {
    LooseSamples loose = series.loose();
    if (loose != null) {
      leave(loose);
      looseBytes -= loose.dropChunksBefore(time);
      count(loose);
    }
  }

  /** Drops all loose samples of a series but the newest. */
  void keepNewest(Series series) {
    LooseSamples loose = series.loose();
    if (loose != null) {
      leave(loose);
      looseBytes -= loose.keepNewest();
      count(loose);
    }
  }

  private void leave(@Nullable LooseSamples loose) {
    looseChunks -= loose == null ? 0 : loose.chunkCount();
  }

  private void count(@Nullable LooseSamples loose) {
    looseChunks += loose == null ? 0 : loose.chunkCount();
  }

  HeadStats stats() {
    return new HeadStats(
        index.size(), chunks(), minTime, maxTime, index.bytes(), looseBytes + panels.bytes());
  }
}
