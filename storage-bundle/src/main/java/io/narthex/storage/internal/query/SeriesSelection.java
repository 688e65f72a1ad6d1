package io.narthex.storage.internal.query;

import io.narthex.api.model.Matcher;
import io.narthex.storage.internal.head.HeadReader;
import io.narthex.storage.internal.labels.LabelView;
import io.narthex.storage.internal.labels.PostingsCursor;
import io.narthex.storage.internal.labels.PostingsSets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the series that satisfy all matchers. Those that name values give the candidates by their
 * postings, or else one that takes some values; the others are asked of each candidate's value. A
 * matcher that takes the empty value says nothing about postings, since it also takes the series
 * without the label.
 */
final class SeriesSelection {
  private static final int CHECK_EVERY = 1024;

  private final HeadReader reader;
  private final LabelView view;
  private final long minTime;
  private final long maxTime;
  private final Runnable check;

  /**
   * A selection for a reader: of the series that it sees with a chunk in the range of time.
   *
   * @param check called now and then; what it throws ends the selection
   */
  SeriesSelection(HeadReader reader, long minTime, long maxTime, Runnable check) {
    this.reader = reader;
    this.view = reader.view();
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.check = check;
  }

  /** Whether there is any among these. */
  boolean any(PostingsCursor cursor) {
    int[] some = new int[(int) Math.clamp(cursor.estimate(), 1, CHECK_EVERY)];
    int id;
    do {
      check.run();
      int n = 0;
      id = PostingsCursor.END;
      while (n < some.length && (id = cursor.next()) != PostingsCursor.END) {
        some[n++] = id;
      }
      if (reader.withSamples(some, 0, n, minTime, maxTime) > 0) {
        return true;
      }
    } while (id != PostingsCursor.END);
    return false;
  }

  SeriesIds select(List<Matcher> matchers) {
    List<PostingsCursor> named = new ArrayList<>();
    List<Condition> others = new ArrayList<>();
    for (Matcher matcher : matchers) {
      Condition condition = new Condition(matcher);
      if (condition.narrows() && condition.test() instanceof ValueTest.OneOf some) {
        named.add(
            PostingsSets.union(
                some.values().stream().map(value -> view.with(condition.name(), value)).toList()));
      } else {
        others.add(condition);
      }
    }
    PostingsCursor candidates =
        named.isEmpty() ? candidates(others) : PostingsSets.intersection(named);
    return withSamples(
        filter(candidates, others.stream().map(each -> new ColumnTest(each, view)).toList()));
  }

  /** The candidates by a matcher that names no values, which is taken out. */
  private PostingsCursor candidates(List<Condition> conditions) {
    for (Condition condition : conditions) {
      if (condition.narrows()) {
        conditions.remove(condition);
        int[] seen = {0};
        return view.with(
            condition.name(),
            value -> {
              if (++seen[0] % CHECK_EVERY == 0) {
                check.run();
              }
              return condition.test().test(value);
            });
      }
    }
    return view.all();
  }

  private SeriesIds filter(PostingsCursor candidates, List<ColumnTest> tests) {
    SeriesIds result = new SeriesIds();
    int seen = 0;
    for (int id = candidates.next(); id != PostingsCursor.END; id = candidates.next()) {
      if (++seen % CHECK_EVERY == 0) {
        check.run();
      }
      if (!view.isRemoved(id) && holdsAll(tests, id)) {
        result.add(id);
      }
    }
    return result;
  }

  private static boolean holdsAll(List<ColumnTest> tests, int series) {
    for (ColumnTest test : tests) {
      if (!test.holds(series)) {
        return false;
      }
    }
    return true;
  }

  private SeriesIds withSamples(SeriesIds series) {
    int[] ids = series.array();
    int kept = 0;
    for (int from = 0; from < series.size(); from += CHECK_EVERY) {
      check.run();
      int end = Math.min(series.size(), from + CHECK_EVERY);
      int some = reader.withSamples(ids, from, end, minTime, maxTime);
      System.arraycopy(ids, from, ids, kept, some);
      kept += some;
    }
    series.cut(kept);
    return series;
  }
}
