package io.narthex.relabel.internal.rule;

import io.narthex.api.relabel.RelabelRule;
import io.narthex.relabel.internal.regex.Expression;
import io.narthex.relabel.internal.regex.ExpressionCompiler;
import io.narthex.relabel.internal.regex.Template;

/** Does once what a rule would else do for each label set. */
public final class RuleCompiler {
  private RuleCompiler() {}

  /**
   * Compiles a rule.
   *
   * @throws IllegalArgumentException if its expression does not compile
   */
  public static Rule compile(RelabelRule rule) {
    SourceValue source = new SourceValue(rule.sourceLabels(), rule.separator());
    return switch (rule.action()) {
      case REPLACE -> replace(rule, source, expression(rule));
      case KEEP -> new FilterRule(source, expression(rule), true);
      case DROP -> new FilterRule(source, expression(rule), false);
      case KEEPEQUAL -> new EqualityRule(source, rule.targetLabel(), true);
      case DROPEQUAL -> new EqualityRule(source, rule.targetLabel(), false);
      case HASHMOD -> new HashModRule(source, rule.targetLabel(), rule.modulus());
      case LABELMAP -> labelMap(rule, expression(rule));
      case LABELDROP -> new LabelNamesRule(expression(rule), false);
      case LABELKEEP -> new LabelNamesRule(expression(rule), true);
      case LOWERCASE -> new CaseRule(source, rule.targetLabel(), Character::toLowerCase);
      case UPPERCASE -> new CaseRule(source, rule.targetLabel(), Character::toUpperCase);
    };
  }

  private static Expression expression(RelabelRule rule) {
    return ExpressionCompiler.compile(rule.regex());
  }

  private static Rule labelMap(RelabelRule rule, Expression expression) {
    return new LabelMapRule(expression, Template.compile(rule.replacement(), expression));
  }

  private static Rule replace(RelabelRule rule, SourceValue source, Expression expression) {
    Template target = Template.compile(rule.targetLabel(), expression);
    Template replacement = Template.compile(rule.replacement(), expression);
    if (!target.isConstant()) {
      return new ReplaceRule(source, expression, target, replacement, rule.names());
    }
    String name = target.expand("", new int[0]);
    return rule.names().isLabelName(name)
        ? new SetRule(source, expression, name, replacement)
        : labels -> true;
  }
}
