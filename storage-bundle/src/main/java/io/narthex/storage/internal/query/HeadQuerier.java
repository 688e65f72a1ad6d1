package io.narthex.storage.internal.query;

import io.narthex.api.model.Matcher;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.lease.Leases;
import io.narthex.storage.internal.series.Postings;
import io.narthex.storage.internal.series.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reader of the head at the commit at which it was opened; leased. */
public final class HeadQuerier implements Querier {
  private final Head head;
  private final Leases leases;
  private final long minTime;
  private final long maxTime;
  private final long mark;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Opens a reader over a range of time. */
  public HeadQuerier(Head head, Leases leases, long minTime, long maxTime) {
    this.head = head;
    this.leases = leases;
    this.minTime = minTime;
    this.maxTime = maxTime;
    leases.take();
    this.mark = head.openReader();
  }

  @Override
  public SeriesSet select(long from, long to, List<Matcher> matchers) {
    check();
    List<Series> series = selection().select(matchers);
    series.sort(Comparator.comparing(Series::labels));
    return new HeadSeriesSet(
        head, series, mark, Math.max(from, minTime), Math.min(to, maxTime), this::check);
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers) {
    check();
    Set<String> names = new TreeSet<>(Utf8Order.COMPARATOR);
    for (Series series : selection().select(matchers)) {
      for (int i = 0; i < series.labels().size(); i++) {
        names.add(series.labels().name(i));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers) {
    check();
    if (matchers.isEmpty()) {
      return allValues(name);
    }
    Set<String> values = new TreeSet<>(Utf8Order.COMPARATOR);
    for (Series series : selection().select(matchers)) {
      String value = series.labels().get(name);
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private List<String> allValues(String name) {
    List<String> values = new ArrayList<>();
    for (String value : head.labelValues(name)) {
      Postings.Slice slice = head.with(name, value);
      // Postings are in the order of creation: if the first is newer than this reader, all are.
      if (slice.size() > 0 && slice.items()[0].created() <= mark) {
        values.add(value);
      }
    }
    values.sort(Utf8Order.COMPARATOR);
    return List.copyOf(values);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      head.closeReader(mark);
      leases.giveBack();
    }
  }

  private SeriesSelection selection() {
    return new SeriesSelection(head, mark, this::check);
  }

  private void check() {
    if (closed.get()) {
      throw Leases.stoppedError();
    }
    leases.check();
  }
}
