package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.storage.internal.labels.LabelIndex;
import io.narthex.storage.internal.labels.LabelView;
import io.narthex.storage.internal.labels.PostingsCursor;
import io.narthex.storage.internal.memory.Reclaimer;
import io.narthex.storage.internal.series.DeletedRanges;
import io.narthex.storage.internal.series.Deletions;
import io.narthex.storage.internal.series.LooseSamples;
import io.narthex.storage.internal.series.SeriesStates;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a head has, and how much of it. Guarded by the head's lock. */
final class HeadContents {
  private static final int CLEAN_UP_STEP = 10_000;

  private final Panels panels;
  private final LabelIndex index;
  private final SeriesStates states;
  private final DeletedRanges deleted = new DeletedRanges();
  private long looseChunks;
  private long looseBytes;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  HeadContents(Panels panels, Reclaimer reclaimer) {
    this.panels = panels;
    this.index = new LabelIndex(reclaimer);
    this.states = new SeriesStates(panels::find);
  }

  Panels panels() {
    return panels;
  }

  LabelIndex index() {
    return index;
  }

  SeriesStates states() {
    return states;
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
    return seriesBytes() + looseBytes + panels.bytes();
  }

  /** About how much memory the series take, their samples left out. */
  long seriesBytes() {
    return index.countedBytes() + (long) (index.size() + index.removedSize()) * SeriesStates.BYTES;
  }

  /** About how many bytes a series with these labels would add to {@link #seriesBytes}. */
  long bytesOf(Labels labels, Set<String> newNames) {
    return SeriesStates.BYTES + index.bytesOf(labels, newNames);
  }

  /** Finds or makes a series. */
  int obtain(Labels labels) {
    int known = index.find(labels);
    if (known >= 0) {
      return known;
    }
    int series = index.add(labels);
    states.add(series);
    return series;
  }

  /** Appends a sample in no row. */
  void append(
      int series,
      long time,
      long bits,
      @Nullable NativeHistogram histogram,
      long commit,
      long oldestReader) {
    leave(states.loose(series));
    looseBytes += states.append(series, time, bits, histogram, commit, oldestReader);
    count(states.loose(series));
    saw(time);
  }

  /** Inserts a sample that came out of order; false if it was there already. */
  boolean insert(
      int series,
      long time,
      long bits,
      @Nullable NativeHistogram histogram,
      long commit,
      long oldestReader) {
    leave(states.loose(series));
    long grown = states.insert(series, time, bits, histogram, commit, oldestReader);
    count(states.loose(series));
    looseBytes += Math.max(0, grown);
    if (grown >= 0) {
      saw(time);
    }
    return grown >= 0;
  }

  /** What is deleted of the series. */
  DeletedRanges deleted() {
    return deleted;
  }

  /** Whether there may be samples in a range of time for a reader of this mark. */
  boolean mayHaveSamples(int series, long mark, long from, long to) {
    return states.mayHaveSamples(series, mark, from, to) && !isDeleted(series, from, to);
  }

  private boolean isDeleted(int series, long from, long to) {
    Deletions of = deleted.of(series);
    return of != Deletions.NONE
        && of.covers(
            Math.max(from, states.firstTime(series)), Math.min(to, states.lastTime(series)));
  }

  /** Gives a series without samples those in no row that a checkpoint has. */
  void restore(int series, LooseSamples.Saved saved) {
    LooseSamples loose = LooseSamples.restore(saved);
    looseBytes += states.restore(series, loose) + loose.bytes();
    count(loose);
    saw(loose.firstTime());
    saw(loose.newestTime());
  }

  /** Takes a series out, with all its samples. */
  void remove(int series) {
    leave(states.loose(series));
    panels.leave(states, series);
    looseBytes -= states.remove(series);
    deleted.remove(series);
    index.remove(series);
  }

  /** Drops the loose chunks of a series whose newest sample is older. */
  void dropChunksBefore(int series, long time) {
    deleted.dropBefore(series, time);
    LooseSamples loose = states.loose(series);
    if (loose != null) {
      leave(loose);
      looseBytes -= loose.dropChunksBefore(time);
      count(loose);
    }
  }

  /** Drops all loose samples of a series but the newest. */
  void keepNewest(int series) {
    LooseSamples loose = states.loose(series);
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

  /** One less holds a series. */
  void release(int series) {
    if (states.release(series) && index.isRemoved(series)) {
      index.noteReleased();
    }
  }

  /** Makes the memory of removed series free, but what somebody holds. */
  void cleanUp() {
    index.startCleanup();
    while (!index.cleanUp(CLEAN_UP_STEP, states::isHeld)) {
      // The next step.
    }
    LabelView view = index.view();
    states.cleanUp(() -> following(view.all()));
  }

  /** The first id of a cursor that is not below one; to be asked in rising order. */
  private static IntUnaryOperator following(PostingsCursor cursor) {
    int[] last = {-1};
    return atLeast -> {
      if (last[0] < atLeast) {
        last[0] = cursor.seek(atLeast);
      }
      return last[0];
    };
  }

  HeadStats stats() {
    return new HeadStats(
        index.size(), chunks(), minTime, maxTime, seriesBytes(), looseBytes + panels.bytes());
  }

  void close() {
    index.close();
    states.close();
  }
}
