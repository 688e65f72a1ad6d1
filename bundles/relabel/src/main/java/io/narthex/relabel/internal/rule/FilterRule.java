package io.narthex.relabel.internal.rule;

import io.narthex.relabel.internal.regex.Expression;

/** {@code keep} and {@code drop}. */
record FilterRule(SourceValue source, Expression expression, boolean keepsMatching)
    implements Rule {
  @Override
  public boolean apply(LabelSet labels) {
    return expression.matches(source.of(labels)) == keepsMatching;
  }
}
