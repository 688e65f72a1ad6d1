package io.narthex.promql.internal.exec;

import io.narthex.api.model.Matcher;
import io.narthex.api.storage.SeriesSet;
import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.Timing;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.steps.Steps;
import java.util.List;

/**
 * Where in time a selector looks: at each step it wants the samples with {@code end(step) - width <
 * timestamp <= end(step)}.
 *
 * @param pinned whether all steps look at the same time
 */
record Lookup(Steps steps, boolean pinned, long first, long width) {
  static Lookup of(Steps steps, Timing timing, long width) {
    long base =
        switch (timing.at()) {
          case At.Step s -> steps.start();
          case At.Time t -> t.millis();
          case At.QueryStart s -> steps.start();
          case At.QueryEnd e -> steps.queryEnd();
        };
    return new Lookup(steps, timing.isPinned(), Steps.minus(base, timing.offset()), width);
  }

  /** Where the window of a step ends. */
  long end(int step) {
    return pinned ? first : first + step * steps.interval();
  }

  /** Where the window of a step starts, itself outside. */
  long start(int step) {
    return Steps.minus(end(step), width);
  }

  /** How many steps look at different times. */
  int distinct() {
    return pinned ? 1 : steps.count();
  }

  /** The first timestamp that any step wants. */
  long min() {
    long start = start(0);
    return start == Long.MAX_VALUE ? start : start + 1;
  }

  /** The last timestamp that any step wants. */
  long max() {
    return end(distinct() - 1);
  }

  SeriesSet select(QueryContext context, VectorSelector selector) {
    List<Matcher> matchers = selector.matchers();
    return context.querier().select(Math.min(min(), max()), max(), matchers);
  }
}
