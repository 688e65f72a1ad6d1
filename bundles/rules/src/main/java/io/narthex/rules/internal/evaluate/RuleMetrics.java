package io.narthex.rules.internal.evaluate;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.rules.internal.file.GroupDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The metrics of evaluations, by upstream's names; registered once. Those of a group that is gone
 * are forgotten, as upstream does. May be used from any thread.
 */
public final class RuleMetrics {
  private static final String GROUP = "rule_group";
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final double[] GROUP_QUANTILES = {0.01, 0.05, 0.5, 0.9, 0.99};
  private static final double[] BOUNDS = {0.01, 0.1, 1, 10};
  private static final double NANOS = 1e9;

  private final Distribution ruleDuration;
  private final Distribution ruleDurationHistogram;
  private final Distribution groupDuration;
  private final Distribution groupDurationHistogram;
  private final Counter iterations;
  private final Counter missed;
  private final Counter evaluations;
  private final Counter failures;
  private final Gauge interval;
  private final Gauge lastEvaluation;
  private final Gauge lastDuration;
  private final Gauge lastRuleDurationSum;
  private final Gauge lastRestoreDuration;
  private final Gauge rules;
  private final Gauge samples;

  /** How many use the metrics of a group: around a reload there may be two. Guarded by this. */
  private final Map<String, Integer> users = new HashMap<>();

  /** Registers all. */
  public RuleMetrics(MetricRegistry registry) {
    String ruleHelp = "The duration for a rule to execute.";
    String groupHelp = "The duration of rule group evaluations.";
    ruleDuration =
        registry.summary("prometheus_rule_evaluation_duration_seconds", ruleHelp, QUANTILES);
    ruleDurationHistogram =
        registry.histogram(
            "prometheus_rule_evaluation_duration_histogram_seconds", ruleHelp, BOUNDS);
    groupDuration =
        registry.summary("prometheus_rule_group_duration_seconds", groupHelp, GROUP_QUANTILES);
    groupDurationHistogram =
        registry.histogram("prometheus_rule_group_duration_histogram_seconds", groupHelp, BOUNDS);
    iterations =
        registry.counter(
            "prometheus_rule_group_iterations_total",
            "The total number of scheduled rule group evaluations, whether executed or missed.",
            GROUP);
    missed =
        registry.counter(
            "prometheus_rule_group_iterations_missed_total",
            "The total number of rule group evaluations missed due to slow rule group evaluation.",
            GROUP);
    evaluations =
        registry.counter(
            "prometheus_rule_evaluations_total", "The total number of rule evaluations.", GROUP);
    failures =
        registry.counter(
            "prometheus_rule_evaluation_failures_total",
            "The total number of rule evaluation failures.",
            GROUP);
    interval =
        registry.gauge(
            "prometheus_rule_group_interval_seconds", "The interval of a rule group.", GROUP);
    lastEvaluation =
        registry.gauge(
            "prometheus_rule_group_last_evaluation_timestamp_seconds",
            "The timestamp of the last rule group evaluation in seconds.",
            GROUP);
    lastDuration =
        registry.gauge(
            "prometheus_rule_group_last_duration_seconds",
            "The duration of the last rule group evaluation.",
            GROUP);
    lastRuleDurationSum =
        registry.gauge(
            "prometheus_rule_group_last_rule_duration_sum_seconds",
            "The sum of time in seconds it took to evaluate each rule in the group regardless of"
                + " concurrency. This should be higher than the group duration if rules are"
                + " evaluated concurrently.",
            GROUP);
    lastRestoreDuration =
        registry.gauge(
            "prometheus_rule_group_last_restore_duration_seconds",
            "The duration of the last alert rules alerts restoration using the `ALERTS_FOR_STATE`"
                + " series.",
            GROUP);
    rules = registry.gauge("prometheus_rule_group_rules", "The number of rules.", GROUP);
    samples =
        registry.gauge(
            "prometheus_rule_group_last_evaluation_samples",
            "The number of samples returned during the last rule group evaluation.",
            GROUP);
  }

  /** The metrics of one group, all there from the start, and until all that were given close. */
  synchronized OfGroup of(GroupDefinition group) {
    users.merge(group.key(), 1, Integer::sum);
    return new OfGroup(group);
  }

  private synchronized void release(String key) {
    if (users.merge(key, -1, Integer::sum) == 0) {
      users.remove(key);
      Stream.of(iterations, missed, evaluations, failures).forEach(metric -> metric.remove(key));
      Stream.of(
              interval,
              lastEvaluation,
              lastDuration,
              lastRuleDurationSum,
              lastRestoreDuration,
              rules,
              samples)
          .forEach(metric -> metric.remove(key));
    }
  }

  /** The metrics of one group. */
  final class OfGroup implements AutoCloseable {
    private final String key;
    private final AtomicBoolean closed = new AtomicBoolean();

    private final Counter groupIterations;
    private final Counter groupMissed;
    private final Counter groupEvaluations;
    private final Counter groupFailures;
    private final Gauge groupLastEvaluation;
    private final Gauge groupLastDuration;
    private final Gauge groupLastRuleDurationSum;
    private final Gauge groupLastRestoreDuration;
    private final Gauge groupSamples;

    private OfGroup(GroupDefinition group) {
      key = group.key();
      groupIterations = iterations.labels(key);
      groupMissed = missed.labels(key);
      groupEvaluations = evaluations.labels(key);
      groupFailures = failures.labels(key);
      groupLastEvaluation = lastEvaluation.labels(key);
      groupLastDuration = lastDuration.labels(key);
      groupLastRuleDurationSum = lastRuleDurationSum.labels(key);
      groupLastRestoreDuration = lastRestoreDuration.labels(key);
      groupSamples = samples.labels(key);
      groupIterations.add(0);
      groupMissed.add(0);
      groupEvaluations.add(0);
      groupFailures.add(0);
      rules.labels(key).set(group.rules().size());
      interval.labels(key).set(group.interval().toMillis() / 1000.0);
    }

    /** An evaluation is due. */
    void scheduled() {
      groupIterations.inc();
    }

    /** Evaluations were due that did not take place. */
    void missed(long count) {
      groupIterations.add(count);
      groupMissed.add(count);
    }

    /** A rule was evaluated. */
    void rule(long nanos) {
      groupEvaluations.inc();
      ruleDuration.observe(nanos / NANOS);
      ruleDurationHistogram.observe(nanos / NANOS);
    }

    void failed() {
      groupFailures.inc();
    }

    /** All rules were evaluated. */
    void evaluated(long beganMillis, long nanos, long ruleNanos) {
      groupDuration.observe(nanos / NANOS);
      groupDurationHistogram.observe(nanos / NANOS);
      groupLastEvaluation.set(beganMillis / 1000.0);
      groupLastDuration.set(nanos / NANOS);
      groupLastRuleDurationSum.set(ruleNanos / NANOS);
    }

    void samples(long count) {
      groupSamples.set(count);
    }

    void restored(long nanos) {
      groupLastRestoreDuration.set(nanos / NANOS);
    }

    /** The group is not evaluated any more; what is counted after that counts for nothing. */
    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        release(key);
      }
    }
  }
}
