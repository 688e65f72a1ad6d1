package io.narthex.promql.internal.exec;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryErrors;
import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.BinaryOp;
import io.narthex.promql.internal.ast.Matching;
import io.narthex.promql.internal.steps.StepVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An arithmetic operator or comparison between two vectors. The "one" side is held in memory by
 * match group; then each series of the "many" side (of the left side, if it is one to one) meets
 * the series of its group.
 */
final class Join {
  private static final String MANY_ON_ONE_SIDE =
      "found duplicate series for the match group %s on the %s hand-side of the operation: [%s,"
          + " %s];many-to-many matching not allowed: matching labels must be unique on one side";

  /**
   * The series of the "one" side in a match group, and the steps at which the group has had its
   * match.
   */
  private static final class MatchGroup {
    final List<Rows.Row> ones = new ArrayList<>();
    final long[] present;
    final long[] matched;
    final Map<Labels, long[]> results = new HashMap<>();

    MatchGroup(int words) {
      present = new long[words];
      matched = new long[words];
    }
  }

  private final BinaryOp op;
  private final boolean bool;
  private final Matching matching;
  private final MatchKeys keys;
  private final boolean oneIsLeft;
  private final boolean oneToOne;
  private final int words;
  private final Map<Integer, MatchGroup> groups = new HashMap<>();
  private final MergedRows result;
  private final StepVector scratch;

  private Join(QueryContext context, Binary binary) {
    this.op = binary.op();
    this.bool = binary.bool();
    this.matching = binary.matching();
    this.keys = new MatchKeys(matching);
    this.oneIsLeft = matching.group() == Matching.Group.RIGHT;
    this.oneToOne = matching.group() == Matching.Group.NONE;
    this.words = StepVector.words(context.steps().count());
    this.result = new MergedRows(context);
    this.scratch = context.vector();
  }

  static VectorOperator run(
      QueryContext context, Binary binary, VectorOperator left, VectorOperator right) {
    Join join = new Join(context, binary);
    // Left first, since an error on that side is upstream's first error too.
    List<Rows.Row> lefts = Rows.drain(context, left);
    List<Rows.Row> rights = Rows.drain(context, right);
    List<Rows.Row> many = join.oneIsLeft ? rights : lefts;
    join.index(join.oneIsLeft ? lefts : rights, anyPresent(many, join.words));
    for (Rows.Row row : many) {
      context.control().check();
      join.meet(row);
    }
    return new Rows(join.result.rows());
  }

  private static long[] anyPresent(List<Rows.Row> rows, int words) {
    long[] any = new long[words];
    rows.forEach(row -> Bits.add(any, row.values().present()));
    return any;
  }

  /**
   * Groups the "one" side. At steps where the other side is empty nothing is matched, so nothing is
   * wrong there either.
   */
  private void index(List<Rows.Row> ones, long[] manyPresent) {
    for (Rows.Row row : ones) {
      MatchGroup group =
          groups.computeIfAbsent(keys.number(row.labels()), n -> new MatchGroup(words));
      if (Bits.meet(group.present, row.values().present(), manyPresent)) {
        throw manyOnOneSide(group, row, manyPresent);
      }
      Bits.add(group.present, row.values().present());
      group.ones.add(row);
    }
  }

  private NarthexException manyOnOneSide(MatchGroup group, Rows.Row row, long[] manyPresent) {
    Rows.Row other =
        group.ones.stream()
            .filter(r -> Bits.meet(r.values().present(), row.values().present(), manyPresent))
            .findFirst()
            .orElseThrow();
    String first = row.labels().toString();
    String second = other.labels().toString();
    boolean ordered = first.compareTo(second) <= 0;
    String message =
        MANY_ON_ONE_SIDE.formatted(
            keys.key(row.labels()),
            oneIsLeft ? "left" : "right",
            ordered ? first : second,
            ordered ? second : first);
    return new NarthexException(QueryErrors.EXECUTION, message);
  }

  private void meet(Rows.Row many) {
    MatchGroup group = groups.get(keys.number(many.labels()));
    if (group == null) {
      return;
    }
    for (Rows.Row one : group.ones) {
      scratch.copyFrom(many.values());
      scratch.retain(one.values().present());
      if (!scratch.isEmpty()) {
        Labels labels = resultLabels(many.labels(), one.labels());
        checkUnique(group, labels);
        compute(many.values().values(), one.values().values());
        if (!scratch.isEmpty()) {
          result.add(labels, scratch);
        }
      }
    }
  }

  private void checkUnique(MatchGroup group, Labels labels) {
    long[] seen =
        oneToOne ? group.matched : group.results.computeIfAbsent(labels, l -> new long[words]);
    if (Bits.meet(seen, scratch.present())) {
      String rule =
          oneToOne
              ? "many-to-one matching must be explicit (group_left/group_right)"
              : "grouping labels must ensure unique matches";
      throw new NarthexException(QueryErrors.EXECUTION, "multiple matches for labels: " + rule);
    }
    Bits.add(seen, scratch.present());
  }

  private void compute(double[] many, double[] one) {
    double[] left = oneIsLeft ? one : many;
    double[] right = oneIsLeft ? many : one;
    boolean filters = op.isComparison() && !bool;
    double[] out = scratch.values();
    for (int i = scratch.next(0); i >= 0; i = scratch.next(i + 1)) {
      if (!filters) {
        out[i] = Arithmetic.apply(op, left[i], right[i]);
      } else if (Arithmetic.holds(op, left[i], right[i])) {
        out[i] = left[i];
      } else {
        scratch.unset(i);
      }
    }
  }

  private Labels resultLabels(Labels many, Labels one) {
    Labels base = op.isArithmetic() || bool ? Metadata.drop(many) : many;
    if (oneToOne) {
      base =
          matching.on()
              ? base.filter(matching.labels()::contains)
              : base.filter(name -> !matching.labels().contains(name));
    }
    if (matching.include().isEmpty()) {
      return base;
    }
    Labels.Builder builder = base.toBuilder();
    matching.include().forEach(name -> builder.set(name, one.get(name)));
    return builder.build();
  }
}
