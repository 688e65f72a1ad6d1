package io.narthex.rules.internal.evaluate;

import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.api.rules.Rule;
import io.narthex.rules.internal.file.RuleDefinition;
import io.narthex.rules.internal.series.RuleSample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Records its expression as a series of its own. */
final class RecordingRule implements EvaluatedRule {
  private final RuleDefinition.Recording definition;
  private final RuleProgress progress = new RuleProgress();
  private final FailureLog failures;

  RecordingRule(RuleDefinition.Recording definition) {
    this.definition = definition;
    this.failures = new FailureLog(definition.name());
  }

  @Override
  public RuleDefinition definition() {
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

  @Override
  public List<RuleSample> evaluate(Iteration iteration) {
    List<QueryValue.Sample> found =
        iteration.means().queries().query(definition.expression(), iteration.sampleTime());
    List<RuleSample> samples = new ArrayList<>(found.size());
    Set<Labels> distinct = HashSet.newHashSet(found.size());
    for (QueryValue.Sample sample : found) {
      Labels labels = labels(sample.labels());
      if (!distinct.add(labels)) {
        throw RuleErrors.sameLabels("rule");
      }
      samples.add(new RuleSample(labels, sample.value()));
    }
    if (iteration.limit() > 0 && samples.size() > iteration.limit()) {
      throw RuleErrors.limit(iteration.limit(), samples.size(), "series");
    }
    return samples;
  }

  private Labels labels(Labels found) {
    Labels.Builder labels = found.toBuilder().set(Labels.METRIC_NAME, definition.name());
    definition.labels().forEach(labels::set);
    return labels.build();
  }

  @Override
  public Rule snapshot() {
    return new Rule.Recording(
        definition.name(), definition.expression(), definition.labelSet(), progress.evaluations());
  }
}
