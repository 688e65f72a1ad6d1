package io.narthex.relabel.internal.rule;

import io.narthex.relabel.internal.regex.Expression;

/** {@code labelkeep} and {@code labeldrop}. */
record LabelNamesRule(Expression expression, boolean keepsMatching) implements Rule {
  @Override
  public boolean apply(LabelSet labels) {
    labels.forEach(
        (name, value) -> {
          if (expression.matches(name) != keepsMatching) {
            labels.remove(name);
          }
        });
    return true;
  }
}
