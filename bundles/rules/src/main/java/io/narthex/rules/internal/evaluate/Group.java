package io.narthex.rules.internal.evaluate;

import io.narthex.api.alerting.Alert;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.rules.RuleGroup;
import io.narthex.api.storage.Storage;
import io.narthex.rules.internal.file.GroupDefinition;
import io.narthex.rules.internal.file.RuleDefinition;
import io.narthex.rules.internal.send.GeneratorUrl;
import io.narthex.rules.internal.series.RuleSample;
import io.narthex.rules.internal.series.SeriesWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group of rules with what it keeps from one evaluation to the next. It is evaluated by one
 * thread at a time; snapshots are taken by any.
 */
final class Group {
  private static final Logger logger = LoggerFactory.getLogger(Group.class);

  private final GroupDefinition definition;
  private final List<EvaluatedRule> rules;
  private final GroupServices services;
  private final RuleMetrics.OfGroup metrics;
  private final SeriesWriter writer;

  /** Series of rules that are gone; ended after the next evaluation. */
  private final Set<Labels> former = new LinkedHashSet<>();

  private boolean restorePending;
  private AlertOwners owners;
  private volatile boolean stopped;
  private volatile Duration evaluationTime = Duration.ZERO;
  private volatile Optional<Instant> lastEvaluation = Optional.empty();

  /**
   * A group that was not evaluated yet.
   *
   * @param restore whether alerts may be known from before a restart
   * @param owners the rules that alerts may be known of
   */
  Group(GroupDefinition definition, boolean restore, AlertOwners owners, GroupServices services) {
    this.definition = definition;
    this.services = services;
    this.restorePending = restore;
    this.owners = owners;
    this.metrics = services.metrics().of(definition);
    this.writer = new SeriesWriter(definition.key(), services.leases());
    this.rules = definition.rules().stream().map(rule -> evaluated(rule, !restore)).toList();
  }

  private static EvaluatedRule evaluated(RuleDefinition rule, boolean restored) {
    return switch (rule) {
      case RuleDefinition.Recording recording -> new RecordingRule(recording);
      case RuleDefinition.Alerting alerting -> new AlertingRule(alerting, restored);
    };
  }

  GroupDefinition definition() {
    return definition;
  }

  RuleMetrics.OfGroup metrics() {
    return metrics;
  }

  /** The evaluation that goes on ends after the rule that it is at. */
  void stop() {
    stopped = true;
  }

  /** Whether alerts are still to be restored. */
  boolean isRestorePending() {
    return restorePending;
  }

  /** Evaluates all rules for a time. */
  void evaluate(Instant time, Means means) {
    long beganMillis = services.clock().wallMillis();
    long began = services.clock().monotonicNanos();
    Iteration iteration =
        new Iteration(
            time, definition.queryOffset().orElse(means.queryOffset()), definition.limit(), means);
    long samples = 0;
    long ruleNanos = 0;
    for (EvaluatedRule rule : rules) {
      if (stopped) {
        return;
      }
      samples += evaluate(rule, iteration);
      ruleNanos += rule.progress().evaluations().time().toNanos();
    }
    metrics.samples(samples);
    endFormer(iteration);
    writer.trim(rules.stream().mapToInt(rule -> rule.series().size()).sum());
    long nanos = services.clock().monotonicNanos() - began;
    metrics.evaluated(beganMillis, nanos, ruleNanos);
    evaluationTime = Duration.ofNanos(nanos);
    lastEvaluation = Optional.of(Instant.ofEpochMilli(beganMillis));
  }

  private long evaluate(EvaluatedRule rule, Iteration iteration) {
    Instant began = Instant.ofEpochMilli(services.clock().wallMillis());
    long start = services.clock().monotonicNanos();
    try {
      List<RuleSample> samples = rule.evaluate(iteration);
      rule.progress().succeeded();
      if (rule instanceof AlertingRule alerting) {
        send(alerting, iteration);
      }
      store(rule, samples, iteration);
      return samples.size();
    } catch (NarthexException e) {
      failed(rule, e);
      return 0;
    } catch (RuntimeException | StackOverflowError e) {
      rule.failures().failed(definition, e);
      rule.progress().failed("the rule failed because of a defect: " + e);
      metrics.failed();
      return 0;
    } finally {
      long nanos = services.clock().monotonicNanos() - start;
      metrics.rule(nanos);
      rule.progress().took(began, Duration.ofNanos(nanos));
    }
  }

  private void failed(EvaluatedRule rule, NarthexException e) {
    String error = String.valueOf(e.getMessage());
    rule.progress().failed(error);
    metrics.failed();
    if (!e.code().equals(QueryErrors.CANCELED)) {
      rule.failures().failed(definition, error);
    }
  }

  private void send(AlertingRule rule, Iteration iteration) {
    Duration resend = services.resendDelay();
    Duration longer = definition.interval().compareTo(resend) > 0 ? definition.interval() : resend;
    String url = GeneratorUrl.of(iteration.means().externalUrl(), rule.definition().expression());
    // Two evaluations or attempts to send may fail before the alert is taken to be over.
    List<Alert> due = rule.takeDue(iteration.time(), resend, longer.multipliedBy(4), url);
    services.outbox().offer(due);
  }

  private void store(EvaluatedRule rule, List<RuleSample> samples, Iteration iteration) {
    SeriesWriter.Written written =
        writer.write(iteration.means().storage(), iteration.sampleTime(), samples, rule.series());
    rule.progress().stored(written.series());
    if (written.error().isEmpty()) {
      rule.failures().succeeded(definition);
    } else {
      rule.progress().failed(written.error());
      rule.failures().refused(definition, written.dropped(), written.error());
    }
  }

  private void endFormer(Iteration iteration) {
    end(iteration.means().storage(), iteration.sampleTime(), former);
  }

  /** Ends series; if that fails they stay to be ended. */
  private boolean end(Storage storage, long time, Set<Labels> series) {
    if (series.isEmpty()) {
      return true;
    }
    try {
      writer.end(storage, time, series);
      series.clear();
      return true;
    } catch (NarthexException e) {
      logger
          .atWarn()
          .addKeyValue("group", definition.key())
          .addKeyValue("err", e.getMessage())
          .log("series of rules that are gone could not be ended");
      return false;
    }
  }

  /** Whether alerts are restored before the first evaluation. */
  boolean isTakenUp() {
    return services.restoration().afterUpdate();
  }

  /** Restores the clocks of alerts from before a restart or an update. */
  void restore(Instant now, Means means) {
    long start = services.clock().monotonicNanos();
    try {
      for (EvaluatedRule rule : rules) {
        if (rule instanceof AlertingRule alerting) {
          restore(alerting, now, means);
        }
      }
    } finally {
      settle();
    }
    metrics.restored(services.clock().monotonicNanos() - start);
  }

  private void restore(AlertingRule rule, Instant now, Means means) {
    Restoration restoration = services.restoration();
    try {
      if (restoration.afterUpdate()) {
        Duration offset = definition.queryOffset().orElse(means.queryOffset());
        boolean sole = owners.isSole(rule.definition());
        restoration.takeUp(
            rule,
            means.storage(),
            now,
            new Restoration.Habits(definition.interval(), offset, sole));
      } else {
        restoration.restore(rule, means.storage(), now);
      }
    } catch (RuntimeException | StackOverflowError e) {
      logger
          .atError()
          .addKeyValue("group", definition.key())
          .addKeyValue("alert", rule.definition().name())
          .setCause(e)
          .log("the clocks of an alerting rule could not be restored because of a defect");
    }
  }

  /** From now on there is nothing to restore, and what rules know is stored. */
  private void settle() {
    restorePending = false;
    owners = AlertOwners.UNKNOWN;
    for (EvaluatedRule rule : rules) {
      if (rule instanceof AlertingRule alerting) {
        alerting.settle();
      }
    }
  }

  /**
   * Takes over from the group before a reload, which is not evaluated any more. Rules are the same
   * if name and labels are; of several the first is the first.
   */
  void takeOver(Group from) {
    try {
      takeOverRules(from);
    } finally {
      from.close();
      from.metrics.close();
    }
  }

  private void takeOverRules(Group from) {
    if (!from.restorePending) {
      settle();
    }
    evaluationTime = from.evaluationTime;
    lastEvaluation = from.lastEvaluation;
    Map<List<Object>, Deque<EvaluatedRule>> known = new HashMap<>();
    for (EvaluatedRule rule : from.rules) {
      known.computeIfAbsent(identity(rule), k -> new ArrayDeque<>()).add(rule);
    }
    for (EvaluatedRule rule : rules) {
      Deque<EvaluatedRule> same = known.get(identity(rule));
      if (same != null && !same.isEmpty()) {
        takeOver(rule, same.remove());
      }
    }
    former.addAll(from.former);
    known.values().forEach(rest -> rest.forEach(rule -> former.addAll(rule.series())));
  }

  private static List<Object> identity(EvaluatedRule rule) {
    return List.of(rule.definition().name(), rule.definition().labels());
  }

  private static void takeOver(EvaluatedRule rule, EvaluatedRule from) {
    rule.progress().stored(from.series());
    rule.failures().takeOver(from.failures());
    if (rule instanceof AlertingRule alerting && from instanceof AlertingRule before) {
      alerting.takeOver(before.alerts());
    }
  }

  /** Ends all series of a group that is gone; whether that went well. */
  boolean end(Storage storage, Instant time, Duration defaultOffset) {
    for (EvaluatedRule rule : rules) {
      former.addAll(rule.series());
      rule.progress().stored(Set.of());
    }
    Duration offset = definition.queryOffset().orElse(defaultOffset);
    boolean ended = end(storage, time.minus(offset).toEpochMilli(), former);
    writer.close();
    return ended;
  }

  /** Gives the appender back. */
  void close() {
    writer.close();
  }

  /** The group as it is now. */
  RuleGroup snapshot() {
    return new RuleGroup(
        definition.name(),
        definition.file(),
        definition.interval(),
        definition.limit(),
        new ArrayList<>(rules.stream().map(EvaluatedRule::snapshot).toList()),
        evaluationTime,
        lastEvaluation);
  }
}
