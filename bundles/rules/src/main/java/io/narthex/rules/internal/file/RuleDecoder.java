package io.narthex.rules.internal.file;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.query.ExpressionParser;
import io.narthex.api.query.ExpressionParser.ExpressionType;
import io.narthex.api.query.ExpressionParser.ParsedExpression;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decodes one entry of {@code rules}. */
final class RuleDecoder {
  private final ExpressionParser expressions;
  private final TextDecoder texts;
  private final RuleFiles.Findings findings;

  RuleDecoder(ExpressionParser expressions, TextDecoder texts, RuleFiles.Findings findings) {
    this.expressions = expressions;
    this.texts = texts;
    this.findings = findings;
  }

  TextDecoder texts() {
    return texts;
  }

  /**
   * Decodes a rule; empty if something is wrong with it that leaves no rule.
   *
   * @param place the group and the rule's number, for messages
   * @param groupLabels the labels of its group
   */
  Optional<RuleDefinition> decode(
      Section given, String place, SortedMap<String, String> groupLabels) {
    int before = findings.problems.size();
    String record = given.string("record").orElse("");
    String alert = given.string("alert").orElse("");
    String name = alert.isEmpty() ? record : alert;
    String title = name.isEmpty() ? place : "%s (%s)".formatted(place, name);
    Section rule = given.isMapping() || given.node().isNull() ? given.titled(title) : given;
    checkKind(rule, name);
    Optional<String> expression = expression(rule);
    SortedMap<String, String> labels = new TreeMap<>(Utf8Order.COMPARATOR);
    labels.putAll(groupLabels);
    labels.putAll(texts.labels(rule, "labels"));
    Duration holdFor = rule.duration("for").orElse(Duration.ZERO);
    Duration keepFiringFor = rule.duration("keep_firing_for").orElse(Duration.ZERO);
    SortedMap<String, String> annotations = texts.annotations(rule, "annotations");
    if (!alert.isEmpty()) {
      texts.checkTemplates(rule, "labels", "label", alert);
      texts.checkTemplates(rule, "annotations", "annotation", alert);
    } else if (!record.isEmpty()) {
      checkRecording(rule, record);
    }
    rule.refuseOthers();
    findings.name(before, place, title);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return expression.map(
        text ->
            alert.isEmpty()
                ? new RuleDefinition.Recording(record, text, labels)
                : new RuleDefinition.Alerting(
                    alert, text, labels, holdFor, keepFiringFor, annotations));
  }

  private static void checkKind(Section rule, String name) {
    rule.exclusive("record", "alert");
    if (name.isEmpty() && (rule.isMapping() || rule.node().isNull())) {
      rule.report(
          rule.position(),
          "%s has neither record nor alert; it needs the name of the series or of the alert"
              .formatted(rule.name()));
    }
  }

  private Optional<String> expression(Section rule) {
    Optional<String> given = rule.string("expr").filter(text -> !text.isEmpty());
    if (given.isEmpty()) {
      boolean reported = rule.isReported(rule.valuePosition("expr"));
      if (rule.isMapping() && !(rule.has("expr") && reported)) {
        rule.report(rule.position("expr"), "expr in %s is missing or empty".formatted(rule.name()));
      }
      return Optional.empty();
    }
    try {
      ParsedExpression parsed = expressions.parse(given.get());
      warnOf(rule, parsed);
      return Optional.of(parsed.text());
    } catch (NarthexException e) {
      rule.report(
          rule.valuePosition("expr"),
          "expr in %s cannot be parsed: %s".formatted(rule.name(), e.getMessage()));
      return Optional.empty();
    }
  }

  /** Upstream takes these rules as well, and fails each evaluation. */
  private void warnOf(Section rule, ParsedExpression parsed) {
    parsed
        .unsupported()
        .ifPresent(reason -> warn(rule, "expr in %s will fail: %s".formatted(rule.name(), reason)));
    if (parsed.type() == ExpressionType.RANGE_VECTOR || parsed.type() == ExpressionType.STRING) {
      warn(
          rule,
          "expr in %s will fail: it gives a %s, but a rule needs an instant vector or a scalar"
              .formatted(
                  rule.name(), parsed.type() == ExpressionType.STRING ? "string" : "range vector"));
    }
  }

  private void warn(Section rule, String message) {
    findings.warnings.add(new Problem(rule.valuePosition("expr"), message));
  }

  private void checkRecording(Section rule, String record) {
    for (String key : new String[] {"for", "keep_firing_for"}) {
      if (rule.duration(key).isPresent()) {
        refuse(rule, key);
      }
    }
    if (!rule.mapping("annotations").isEmpty()) {
      refuse(rule, "annotations");
    }
    if (!texts.names().isMetricName(record)) {
      rule.report(
          rule.valuePosition("record"),
          "record in %s is not a valid metric name (%s names)"
              .formatted(rule.name(), texts.scheme()));
    }
    if (record.contains("{") || record.contains("}")) {
      rule.report(
          rule.valuePosition("record"),
          "record in %s has braces; a selector belongs in expr, labels in labels"
              .formatted(rule.name()));
    }
  }

  private static void refuse(Section rule, String key) {
    rule.report(
        rule.position(key),
        "%s does not belong in a recording rule; remove it from %s".formatted(key, rule.name()));
  }
}
