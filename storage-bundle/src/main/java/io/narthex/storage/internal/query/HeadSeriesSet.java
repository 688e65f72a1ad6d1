package io.narthex.storage.internal.query;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.head.HeadReader;
import java.util.List;

/** Walks over selected series of the head; what a series has is looked up when it is read. */
final class HeadSeriesSet implements SeriesSet {
  private final HeadReader reader;
  private final SeriesIds series;
  private final ReadGuard guard;
  private final SeriesWindow window;
  private final SeriesCursor cursor;
  private int at = -1;

  HeadSeriesSet(HeadReader reader, SeriesIds series, long minTime, long maxTime, ReadGuard guard) {
    this.reader = reader;
    this.series = series;
    this.guard = guard;
    this.window = new SeriesWindow(reader, series, minTime, maxTime);
    this.cursor = new SeriesCursor(reader.mark(), minTime, maxTime, guard);
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
    int id = current();
    guard.enter();
    try {
      return reader.view().labels(id);
    } finally {
      guard.exit();
    }
  }

  @Override
  public SampleCursor samples() {
    current();
    window.moveTo(at);
    cursor.reset(
        window.rows(at), window.slot(at), window.loose(at), reader.deletions(series.get(at)));
    return cursor;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  private int current() {
    if (at < 0 || at >= series.size()) {
      throw new IllegalStateException("the series set is not at a series; call next first");
    }
    return series.get(at);
  }
}
