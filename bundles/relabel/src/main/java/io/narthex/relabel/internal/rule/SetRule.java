package io.narthex.relabel.internal.rule;

import io.narthex.relabel.internal.regex.Expression;
import io.narthex.relabel.internal.regex.Template;

/** {@code replace} with a target label that is always the same, as nearly all have it. */
record SetRule(SourceValue source, Expression expression, String target, Template replacement)
    implements Rule {
  @Override
  public boolean apply(LabelSet labels) {
    String value = source.of(labels);
    int[] groups = expression.match(value);
    if (groups != null) {
      labels.set(target, replacement.expand(value, groups));
    }
    return true;
  }
}
