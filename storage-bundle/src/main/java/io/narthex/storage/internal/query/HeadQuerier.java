package io.narthex.storage.internal.query;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.head.HeadReader;
import io.narthex.storage.internal.labels.LabelView;
import io.narthex.storage.internal.lease.Leases;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A reader of the head at the commit at which it was opened; leased. Finds series that have a chunk
 * in the range of time, so that may be up to a chunk off.
 */
public final class HeadQuerier implements Querier {
  private final HeadReader reader;
  private final long minTime;
  private final long maxTime;
  private final ReadGuard guard;

  /** Opens a reader over a range of time. */
  public HeadQuerier(Head head, Leases leases, long minTime, long maxTime) {
    this.minTime = minTime;
    this.maxTime = maxTime;
    leases.take();
    this.reader = head.openReader();
    this.guard =
        new ReadGuard(
            leases,
            () -> {
              reader.close();
              leases.giveBack();
            });
  }

  /** The labels of the series that satisfy all matchers of any of the selectors, each once. */
  public List<Labels> labels(List<List<Matcher>> selectors) {
    return guarded(
        () -> {
          Set<Labels> found = new LinkedHashSet<>();
          for (List<Matcher> each : selectors) {
            SeriesIds series = selection(minTime, maxTime).select(each);
            for (int i = 0; i < series.size(); i++) {
              found.add(reader.view().labels(series.get(i)));
            }
          }
          return List.copyOf(found);
        });
  }

  @Override
  public SeriesSet select(long from, long to, List<Matcher> matchers) {
    long first = Math.max(from, minTime);
    long last = Math.min(to, maxTime);
    return guarded(
        () -> {
          SeriesIds series = selection(first, last).select(matchers);
          series.sort(reader.view(), guard::check);
          return new HeadSeriesSet(reader, series, first, last, guard);
        });
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers) {
    return guarded(
        () -> {
          SeriesSelection selection = selection(minTime, maxTime);
          return matchers.isEmpty()
              ? sorted(reader.view().names(), name -> hasValue(selection, name))
              : namesOf(selection.select(matchers));
        });
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers) {
    return guarded(
        () -> {
          SeriesSelection selection = selection(minTime, maxTime);
          LabelView view = reader.view();
          return matchers.isEmpty()
              ? sorted(view.values(name), value -> selection.any(view.with(name, value)))
              : valuesOf(selection.select(matchers), name);
        });
  }

  private <T> T guarded(Supplier<T> action) {
    guard.enter();
    try {
      return action.get();
    } finally {
      guard.exit();
    }
  }

  private static List<String> sorted(List<String> texts, Predicate<String> wanted) {
    List<String> kept = new ArrayList<>(texts);
    kept.removeIf(wanted.negate());
    kept.sort(Utf8Order.COMPARATOR);
    return List.copyOf(kept);
  }

  private boolean hasValue(SeriesSelection selection, String name) {
    LabelView view = reader.view();
    return view.values(name).stream().anyMatch(value -> selection.any(view.with(name, value)));
  }

  private List<String> namesOf(SeriesIds series) {
    Set<String> names = new TreeSet<>(Utf8Order.COMPARATOR);
    BitSet seen = new BitSet();
    for (int i = 0; i < series.size(); i++) {
      int nameSet = reader.view().nameSet(series.get(i));
      if (!seen.get(nameSet)) {
        seen.set(nameSet);
        names.addAll(reader.view().names(series.get(i)));
      }
    }
    return List.copyOf(names);
  }

  private List<String> valuesOf(SeriesIds series, String name) {
    Set<String> values = new TreeSet<>(Utf8Order.COMPARATOR);
    LabelView.Column column = reader.view().column(name);
    BitSet seen = new BitSet();
    for (int i = 0; i < series.size(); i++) {
      int value = column.of(series.get(i));
      if (value >= 0 && !seen.get(value)) {
        seen.set(value);
        values.add(column.value(value));
      }
    }
    return List.copyOf(values);
  }

  @Override
  public void close() {
    guard.close();
  }

  private SeriesSelection selection(long from, long to) {
    return new SeriesSelection(reader, from, to, guard::check);
  }
}
