package io.narthex.relabel.internal.rule;

import io.narthex.relabel.internal.regex.Expression;
import io.narthex.relabel.internal.regex.Template;

/** {@code labelmap}. */
record LabelMapRule(Expression expression, Template replacement) implements Rule {
  @Override
  public boolean apply(LabelSet labels) {
    labels.forEach(
        (name, value) -> {
          if (expression.matches(name)) {
            labels.set(expression.replaceAll(name, replacement), value);
          }
        });
    return true;
  }
}
