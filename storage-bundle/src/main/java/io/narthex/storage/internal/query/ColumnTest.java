package io.narthex.storage.internal.query;

import io.narthex.storage.internal.labels.LabelView;
import java.util.Arrays;

/** Asks a condition of one series after the other, but of each value of the label only once. */
final class ColumnTest {
  private static final byte UNKNOWN = 0;
  private static final byte HOLDS = 1;
  private static final byte FAILS = 2;

  private final ValueTest test;
  private final LabelView.Column column;
  private final boolean ofNone;

  /** The answers by the values' numbers. */
  private byte[] answers = {};

  ColumnTest(Condition condition, LabelView view) {
    this.test = condition.test();
    this.column = view.column(condition.name());
    this.ofNone = test.test("");
  }

  boolean holds(int series) {
    int value = column.of(series);
    if (value < 0) {
      return ofNone;
    }
    if (value >= answers.length) {
      answers = Arrays.copyOf(answers, Math.max(value + 1, Math.min(column.size(), value * 2)));
    }
    if (answers[value] == UNKNOWN) {
      answers[value] = test.test(column.value(value)) ? HOLDS : FAILS;
    }
    return answers[value] == HOLDS;
  }
}
