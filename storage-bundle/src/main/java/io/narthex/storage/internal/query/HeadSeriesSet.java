package io.narthex.storage.internal.query;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.series.Series;
import java.util.List;

/**
 * Walks over selected series of the head; the chunks of a series are looked up when it is reached.
 */
final class HeadSeriesSet implements SeriesSet {
  private final Head head;
  private final List<Series> series;
  private final long mark;
  private final long minTime;
  private final long maxTime;
  private final Runnable check;
  private final ChunkCursor cursor;
  private int at = -1;

  HeadSeriesSet(
      Head head, List<Series> series, long mark, long minTime, long maxTime, Runnable check) {
    this.head = head;
    this.series = series;
    this.mark = mark;
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.check = check;
    this.cursor = new ChunkCursor(minTime, maxTime, check);
  }

  @Override
  public boolean next() {
    check.run();
    if (at + 1 >= series.size()) {
      at = series.size();
      return false;
    }
    at++;
    return true;
  }

  @Override
  public Labels labels() {
    return current().labels();
  }

  @Override
  public SampleCursor samples() {
    cursor.reset(head.chunks(current(), mark, minTime, maxTime));
    return cursor;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  private Series current() {
    if (at < 0 || at >= series.size()) {
      throw new IllegalStateException("the series set is not at a series; call next first");
    }
    return series.get(at);
  }
}
