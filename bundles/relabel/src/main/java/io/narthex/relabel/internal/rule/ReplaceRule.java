package io.narthex.relabel.internal.rule;

import io.narthex.api.model.NameValidation;
import io.narthex.relabel.internal.regex.Expression;
import io.narthex.relabel.internal.regex.Template;

/** {@code replace} with a target label that depends on what matched. */
record ReplaceRule(
    SourceValue source,
    Expression expression,
    Template target,
    Template replacement,
    NameValidation validation)
    implements Rule {
  @Override
  public boolean apply(LabelSet labels) {
    String value = source.of(labels);
    int[] groups = expression.match(value);
    if (groups != null) {
      String name = target.expand(value, groups);
      if (validation.isLabelName(name)) {
        labels.set(name, replacement.expand(value, groups));
      }
    }
    return true;
  }
}
