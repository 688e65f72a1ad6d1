package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.steps.StepVector;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code absent} and {@code absent_over_time}: 1 where the input has nothing. */
final class Absent {
  private Absent() {}

  static VectorOperator run(QueryContext context, VectorOperator input, Expr argument) {
    StepVector values = context.vector();
    long[] seen = new long[values.present().length];
    while (input.next()) {
      Bits.add(seen, input.values().present());
    }
    Arrays.fill(values.values(), 1);
    values.setAll();
    Bits.remove(values.present(), seen);
    return new Rows(List.of(new Rows.Row(labels(argument), values)));
  }

  /** The labels that the selector wants to be equal to something, if it says so once. */
  private static Labels labels(Expr argument) {
    List<Matcher> matchers =
        switch (argument) {
          case VectorSelector v -> v.matchers();
          case MatrixSelector m -> m.selector().matchers();
          default -> List.of();
        };
    Labels.Builder labels = Labels.builder();
    Set<String> seen = new HashSet<>();
    for (Matcher m : matchers) {
      if (m.name().equals(Labels.METRIC_NAME)) {
        continue;
      }
      if (m.type() == MatchType.EQUAL && seen.add(m.name())) {
        labels.set(m.name(), m.value());
      } else {
        labels.remove(m.name());
      }
    }
    return labels.build();
  }
}
