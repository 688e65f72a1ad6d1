package io.narthex.storage.internal.query;

import io.narthex.api.model.Matcher;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.lease.Leases;
import io.narthex.storage.internal.series.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A reader of the head at the commit at which it was opened; leased. Finds series that have a chunk
 * in the range of time, so that may be up to a chunk off.
 */
public final class HeadQuerier implements Querier {
  private final Head head;
  private final long minTime;
  private final long maxTime;
  private final long mark;
  private final ReadGuard guard;

  /** Opens a reader over a range of time. */
  public HeadQuerier(Head head, Leases leases, long minTime, long maxTime) {
    this.head = head;
    this.minTime = minTime;
    this.maxTime = maxTime;
    leases.take();
    this.mark = head.openReader();
    this.guard =
        new ReadGuard(
            leases,
            () -> {
              head.closeReader(mark);
              leases.giveBack();
            });
  }

  @Override
  public SeriesSet select(long from, long to, List<Matcher> matchers) {
    guard.check();
    long first = Math.max(from, minTime);
    long last = Math.min(to, maxTime);
    List<Series> series = selection(first, last).select(matchers);
    series.sort(Comparator.comparing(Series::labels));
    return new HeadSeriesSet(head, series, mark, first, last, guard);
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers) {
    guard.check();
    if (matchers.isEmpty()) {
      SeriesSelection selection = selection(minTime, maxTime);
      return sorted(head.labelNames(), name -> hasValue(selection, name));
    }
    Set<String> names = new TreeSet<>(Utf8Order.COMPARATOR);
    for (Series series : selection(minTime, maxTime).select(matchers)) {
      for (int i = 0; i < series.labels().size(); i++) {
        names.add(series.labels().name(i));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers) {
    guard.check();
    if (matchers.isEmpty()) {
      SeriesSelection selection = selection(minTime, maxTime);
      return sorted(head.labelValues(name), value -> selection.any(head.with(name, value)));
    }
    Set<String> values = new TreeSet<>(Utf8Order.COMPARATOR);
    for (Series series : selection(minTime, maxTime).select(matchers)) {
      String value = series.labels().get(name);
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private static List<String> sorted(List<String> texts, Predicate<String> wanted) {
    List<String> kept = new ArrayList<>(texts);
    kept.removeIf(wanted.negate());
    kept.sort(Utf8Order.COMPARATOR);
    return List.copyOf(kept);
  }

  private boolean hasValue(SeriesSelection selection, String name) {
    return head.labelValues(name).stream().anyMatch(value -> selection.any(head.with(name, value)));
  }

  @Override
  public void close() {
    guard.close();
  }

  private SeriesSelection selection(long from, long to) {
    return new SeriesSelection(head, mark, from, to, guard::check);
  }
}
