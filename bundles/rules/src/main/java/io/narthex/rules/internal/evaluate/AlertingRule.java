package io.narthex.rules.internal.evaluate;

import io.narthex.api.alerting.Alert;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.api.rules.ActiveAlert;
import io.narthex.api.rules.AlertState;
import io.narthex.api.rules.Rule;
import io.narthex.api.template.TemplateContext;
import io.narthex.api.template.TemplateEngine;
import io.narthex.rules.internal.alert.AlertTexts;
import io.narthex.rules.internal.alert.Alerts;
import io.narthex.rules.internal.alert.FoundAlert;
import io.narthex.rules.internal.alert.TrackedAlert;
import io.narthex.rules.internal.file.RuleDefinition;
import io.narthex.rules.internal.series.RuleSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes alerts of the series that its expression gives. */
final class AlertingRule implements EvaluatedRule {
  /** The metric that says which alerts there are. */
  static final String ALERTS = "ALERTS";

  /** The metric that says since when they are active, to go on from after a restart. */
  static final String ALERTS_FOR_STATE = "ALERTS_FOR_STATE";

  private static final String ALERT_STATE = "alertstate";

  private final RuleDefinition.Alerting definition;
  private final RuleProgress progress = new RuleProgress();
  private final FailureLog failures;
  private volatile Alerts alerts = Alerts.NONE;

  /** Only then its state is stored: before, what is stored is what is to be restored. */
  private volatile boolean restored;

  private @Nullable TemplateEngine compiledBy;
  private @Nullable AlertTexts texts;

  /**
   * A rule.
   *
   * @param restored whether there is nothing to restore
   */
  AlertingRule(RuleDefinition.Alerting definition, boolean restored) {
    this.definition = definition;
    this.failures = new FailureLog(definition.name());
    this.restored = restored;
  }

  @Override
  public RuleDefinition.Alerting definition() {
    return definition;
  }

  @Override
  public RuleProgress progress() {
    return progress;
  }

  @Override
  public FailureLog failures() {
    return failures;
  }

  Alerts alerts() {
    return alerts;
  }

  /** Takes over alerts, from the rule before a reload. */
  void takeOver(Alerts from) {
    alerts = from;
  }

  /**
   * Takes up alerts that were there before an update of this bundle.
   *
   * @param stored whether their series are this rule's alone, which it ends with them
   */
  void takeUp(Alerts before, boolean stored) {
    alerts = before;
    if (stored) {
      progress.stored(
          before
              .active()
              .flatMap(alert -> Stream.of(stateSeries(alert), clockSeries(alert)))
              .collect(Collectors.toUnmodifiableSet()));
    }
    restored = true;
  }

  /** Sets clocks to what they were before a restart. */
  void restore(UnaryOperator<TrackedAlert> change) {
    alerts = alerts.map(change);
    restored = true;
  }

  /** There is nothing to restore any more. */
  void settle() {
    restored = true;
  }

  /** The alert's labels, of those of its series. */
  Labels alertLabels(Labels series) {
    Labels.Builder labels = series.toBuilder().remove(Labels.METRIC_NAME);
    definition
        .labels()
        .forEach(
            (name, text) -> {
              // Only in the series: see series.
              if (AlertTexts.isTemplate(text) && series.get(name).equals(text)) {
                labels.remove(name);
              }
            });
    return labels.build();
  }

  @Override
  public List<RuleSample> evaluate(Iteration iteration) {
    Map<Labels, FoundAlert> found = find(iteration);
    Alerts next =
        alerts.next(found, iteration.time(), definition.holdFor(), definition.keepFiringFor());
    long active = next.active().count();
    if (iteration.limit() > 0 && active > iteration.limit()) {
      alerts = Alerts.NONE;
      throw RuleErrors.limit(iteration.limit(), active, "alerts");
    }
    alerts = next;
    List<RuleSample> samples = new ArrayList<>();
    if (restored) {
      next.active().forEach(alert -> addSamples(alert, samples));
    }
    return samples;
  }

  private Map<Labels, FoundAlert> find(Iteration iteration) {
    Means means = iteration.means();
    AlertTexts compiled = texts(means.templates());
    TemplateContext context = new IterationContext(iteration);
    List<QueryValue.Sample> samples =
        means.queries().query(definition.expression(), iteration.sampleTime());
    Map<Labels, FoundAlert> found = new LinkedHashMap<>();
    for (QueryValue.Sample sample : samples) {
      FoundAlert alert = compiled.alert(sample, means.externalLabels(), context);
      if (found.put(alert.labels(), alert) != null) {
        throw RuleErrors.sameLabels("alert");
      }
    }
    return found;
  }

  /** The texts, compiled by the engine that is there: another bundle's would hold that one. */
  private AlertTexts texts(TemplateEngine engine) {
    AlertTexts compiled = texts;
    if (compiled == null || compiledBy != engine) {
      compiled = new AlertTexts(definition, engine);
      texts = compiled;
      compiledBy = engine;
    }
    return compiled;
  }

  private void addSamples(TrackedAlert alert, List<RuleSample> samples) {
    samples.add(new RuleSample(stateSeries(alert), 1));
    samples.add(new RuleSample(clockSeries(alert), alert.activeAt().getEpochSecond()));
  }

  private Labels stateSeries(TrackedAlert alert) {
    return series(alert.labels())
        .set(Labels.METRIC_NAME, ALERTS)
        .set(ALERT_STATE, alert.state().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private Labels clockSeries(TrackedAlert alert) {
    return series(alert.labels()).set(Labels.METRIC_NAME, ALERTS_FOR_STATE).build();
  }

  /** Upstream: labels whose template gives nothing appear in the series as they are written. */
  private Labels.Builder series(Labels alert) {
    Labels.Builder labels = Labels.builder();
    definition.labels().forEach(labels::set);
    for (int i = 0; i < alert.size(); i++) {
      labels.set(alert.name(i), alert.value(i));
    }
    return labels.set(AlertTexts.ALERT_NAME, definition.name());
  }

  /**
   * The alerts that are to be sent now; they count as sent.
   *
   * @param validFor how long each is taken to fire unless it is sent again
   */
  List<Alert> takeDue(Instant now, Duration resendDelay, Duration validFor, String generatorUrl) {
    List<Alert> due = new ArrayList<>();
    alerts =
        alerts.map(
            alert -> {
              if (!alert.needsSending(now, resendDelay)) {
                return alert;
              }
              due.add(outgoing(alert, now.plus(validFor), generatorUrl));
              return alert.sent(now);
            });
    return due;
  }

  private static Alert outgoing(TrackedAlert alert, Instant validUntil, String generatorUrl) {
    return new Alert(
        alert.labels(),
        alert.annotations(),
        alert.firedAt().orElse(alert.activeAt()).toEpochMilli(),
        alert.resolvedAt().orElse(validUntil).toEpochMilli(),
        generatorUrl);
  }

  @Override
  public Rule snapshot() {
    Alerts now = alerts;
    return new Rule.Alerting(
        definition.name(),
        definition.expression(),
        definition.labelSet(),
        progress.evaluations(),
        state(now),
        definition.holdFor(),
        definition.keepFiringFor(),
        Labels.of(definition.annotations()),
        now.active()
            .map(AlertingRule::shown)
            .sorted(Comparator.comparing(ActiveAlert::labels))
            .toList());
  }

  private AlertState state(Alerts now) {
    if (progress.evaluations().last().isEmpty()) {
      return AlertState.UNKNOWN;
    }
    return now.all().stream()
        .map(TrackedAlert::state)
        .max(Comparator.naturalOrder())
        .orElse(AlertState.INACTIVE);
  }

  private static ActiveAlert shown(TrackedAlert alert) {
    return new ActiveAlert(
        alert.labels(),
        alert.annotations(),
        alert.state(),
        alert.activeAt(),
        alert.keepFiringSince(),
        alert.value());
  }
}
