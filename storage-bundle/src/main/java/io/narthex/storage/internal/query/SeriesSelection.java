package io.narthex.storage.internal.query;

import io.narthex.api.model.Matcher;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.series.Postings;
import io.narthex.storage.internal.series.Series;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the series that satisfy all matchers. The matcher that leaves the fewest series by its
 * postings gives the candidates; the others are asked of each candidate. A matcher that takes the
 * empty value says nothing about postings, since it also takes the series without the label.
 */
final class SeriesSelection {
  private static final int CHECK_EVERY = 1024;

  private final Head head;
  private final long mark;
  private final long minTime;
  private final long maxTime;
  private final Runnable check;

  /**
   * A selection for a reader: of the series that it sees with a chunk in the range of time.
   *
   * @param check called now and then; what it throws ends the selection
   */
  SeriesSelection(Head head, long mark, long minTime, long maxTime, Runnable check) {
    this.head = head;
    this.mark = mark;
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.check = check;
  }

  /** Whether there is any among these. */
  boolean any(Postings.Slice slice) {
    for (int at = 0; at < slice.size(); at += CHECK_EVERY) {
      check.run();
      if (head.anyWithSamples(slice, at, CHECK_EVERY, mark, minTime, maxTime)) {
        return true;
      }
    }
    return false;
  }

  List<Series> select(List<Matcher> matchers) {
    List<Condition> conditions = new ArrayList<>(matchers.size());
    matchers.forEach(matcher -> conditions.add(new Condition(matcher)));
    Condition source = null;
    List<Postings.Slice> candidates = null;
    for (Condition condition : conditions) {
      if (condition.narrows() && condition.test() instanceof ValueTest.OneOf some) {
        List<Postings.Slice> found = postings(condition.name(), List.copyOf(some.values()));
        if (candidates == null || count(found) < count(candidates)) {
          candidates = found;
          source = condition;
        }
      }
    }
    if (candidates == null) {
      source = conditions.stream().filter(Condition::narrows).findFirst().orElse(null);
      candidates = source == null ? List.of(head.all()) : postings(source);
    }
    return filter(candidates, conditions, source);
  }

  private List<Postings.Slice> postings(Condition condition) {
    List<String> values = new ArrayList<>();
    for (String value : head.labelValues(condition.name())) {
      if (condition.test().test(value)) {
        values.add(value);
      }
      if (values.size() % CHECK_EVERY == 0) {
        check.run();
      }
    }
    return postings(condition.name(), values);
  }

  private List<Postings.Slice> postings(String name, List<String> values) {
    List<Postings.Slice> found = new ArrayList<>(values.size());
    values.forEach(value -> found.add(head.with(name, value)));
    return found;
  }

  private static long count(List<Postings.Slice> slices) {
    return slices.stream().mapToLong(Postings.Slice::size).sum();
  }

  private List<Series> filter(
      List<Postings.Slice> candidates, List<Condition> conditions, @Nullable Condition source) {
    List<Series> result = new ArrayList<>();
    int seen = 0;
    for (Postings.Slice slice : candidates) {
      for (int i = 0; i < slice.size(); i++) {
        if (++seen % CHECK_EVERY == 0) {
          check.run();
        }
        Series series = slice.items()[i];
        if (series.created() <= mark && !series.removed() && holdsAll(conditions, source, series)) {
          result.add(series);
        }
      }
    }
    return withSamples(result);
  }

  private List<Series> withSamples(List<Series> series) {
    List<Series> kept = new ArrayList<>(series.size());
    for (int from = 0; from < series.size(); from += CHECK_EVERY) {
      check.run();
      List<Series> some = series.subList(from, Math.min(series.size(), from + CHECK_EVERY));
      head.addWithSamples(some, mark, minTime, maxTime, kept);
    }
    return kept;
  }

  private static boolean holdsAll(
      List<Condition> conditions, @Nullable Condition source, Series series) {
    for (Condition condition : conditions) {
      if (condition != source && !condition.holds(series.labels())) {
        return false;
      }
    }
    return true;
  }
}
