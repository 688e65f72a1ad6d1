package io.narthex.storage.internal.query;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.series.Series;
import java.util.List;

/** Walks over selected series of the head; what a series has is looked up when it is read. */
final class HeadSeriesSet implements SeriesSet {
  private final List<Series> series;
  private final ReadGuard guard;
  private final SeriesWindow window;
  private final SeriesCursor cursor;
  private int at = -1;

  HeadSeriesSet(
      Head head, List<Series> series, long mark, long minTime, long maxTime, ReadGuard guard) {
    this.series = series;
    this.guard = guard;
    this.window = new SeriesWindow(head, series, mark, minTime, maxTime);
    this.cursor = new SeriesCursor(mark, minTime, maxTime, guard);
  }

  @Override
  public boolean next() {
    guard.check();
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
    current();
    window.moveTo(at);
    cursor.reset(window.rows(at), window.slot(at), window.loose(at));
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
