package io.narthex.rules.internal.alert;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateContext;
import io.narthex.api.template.TemplateDialect;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import io.narthex.rules.internal.file.RuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The labels and annotations of a rule's alerts, compiled. A template that cannot be expanded
 * becomes a text that says why, as upstream has it: an alert without a proper text is better than
 * none. A query in it that could not be run now is no such reason: it fails the evaluation.
 */
public final class AlertTexts {
  /** The label with the alert's name. */
  public static final String ALERT_NAME = "alertname";

  private static final Logger logger = LoggerFactory.getLogger(AlertTexts.class);

  private final String alert;
  private final List<Text> labels;
  private final List<Text> annotations;

  /** Compiles the texts of a rule. */
  public AlertTexts(RuleDefinition.Alerting rule, TemplateEngine engine) {
    TemplateSet set = engine.set(TemplateDialect.RULE, List.of());
    this.alert = rule.name();
    this.labels = compile(rule.labels(), set);
    this.annotations = compile(rule.annotations(), set);
  }

  private interface Expansion {
    String expand(AlertData data, TemplateContext context);
  }

  private record Text(String name, Expansion expansion) {}

  /** Whether a text is a template at all. */
  public static boolean isTemplate(String text) {
    return text.contains("{{");
  }

  private List<Text> compile(SortedMap<String, String> texts, TemplateSet set) {
    List<Text> compiled = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      compiled.add(new Text(text.getKey(), compile(text.getValue(), set)));
    }
    return compiled;
  }

  private Expansion compile(String text, TemplateSet set) {
    if (!isTemplate(text)) {
      return (data, context) -> text;
    }
    String name = "__alert_" + alert;
    try {
      Template template = set.text(new TemplateSource(name, text));
      return (data, context) -> expand(template, data, context);
    } catch (NarthexException e) {
      // It was checked, but by another engine.
      String failed = failed("error parsing template %s: %s".formatted(name, e.getMessage()));
      return (data, context) -> failed;
    }
  }

  /**
   * Expands a template.
   *
   * @throws NarthexException if a query could not be run now: what the text will be, nobody knows
   */
  private String expand(Template template, AlertData data, TemplateContext context) {
    WatchedQueries queries = new WatchedQueries(context);
    String text;
    try {
      text = template.expand(data, queries);
    } catch (NarthexException e) {
      queries.rethrow();
      WatchedQueries.rethrow(e);
      warn(data, e).log("expanding an alert's template failed");
      text = failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      queries.rethrow();
      warn(data, e).setCause(e).log("expanding an alert's template failed because of a defect");
      text = failed("panic expanding template __alert_%s: %s".formatted(alert, e));
    }
    // The template may have gone on without it.
    queries.rethrow();
    return text;
  }

  private LoggingEventBuilder warn(AlertData data, Throwable e) {
    return logger
        .atWarn()
        .addKeyValue("alert", alert)
        .addKeyValue("labels", data.labels())
        .addKeyValue("err", e.getMessage());
  }

  private static String failed(String reason) {
    return "<error expanding template: %s>".formatted(reason);
  }

  /** The alert that a sample of the rule's expression makes. */
  public FoundAlert alert(
      QueryValue.Sample sample, Labels externalLabels, TemplateContext context) {
    AlertData data =
        new AlertData(
            AlertData.map(sample.labels()),
            AlertData.map(externalLabels),
            context.externalUrl(),
            sample.value());
    Labels.Builder identity = sample.labels().toBuilder().remove(Labels.METRIC_NAME);
    for (Text label : labels) {
      identity.set(label.name(), label.expansion().expand(data, context));
    }
    identity.set(ALERT_NAME, alert);
    Labels.Builder told = Labels.builder();
    for (Text annotation : annotations) {
      told.set(annotation.name(), annotation.expansion().expand(data, context));
    }
    return new FoundAlert(identity.build(), told.build(), sample.value());
  }
}
