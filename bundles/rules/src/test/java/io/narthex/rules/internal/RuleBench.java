package io.narthex.rules.internal;

import io.narthex.api.cluster.Ownership;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.model.Labels;
import io.narthex.api.rules.ActiveAlert;
import io.narthex.api.rules.Rule;
import io.narthex.api.rules.RuleGroup;
import io.narthex.rules.internal.fake.FakeConfiguration;
import io.narthex.rules.internal.fake.FakeEngine;
import io.narthex.rules.internal.fake.FakeExpressions;
import io.narthex.rules.internal.fake.FakeFlags;
import io.narthex.rules.internal.fake.FakeScope;
import io.narthex.rules.internal.fake.FakeSink;
import io.narthex.rules.internal.fake.FakeStorage;
import io.narthex.rules.internal.fake.FakeTemplates;
import io.narthex.rules.internal.fake.FakeTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The component with all that it needs, in a time that is set by hand; all on one thread. */
final class RuleBench {
  /** Groups of this name in {@code rules.yml} that have an interval of a minute are due then. */
  static final String GROUP = "g";

  final FakeTime time;
  final FakeConfiguration configuration = new FakeConfiguration();
  final FakeStorage storage;
  final FakeEngine engine = new FakeEngine();
  final FakeTemplates templates = new FakeTemplates();
  final FakeExpressions expressions = new FakeExpressions();
  final FakeSink sink = new FakeSink();
  final Set<String> disowned = new HashSet<>();
  final FakeScope scope;
  final RuleEvaluation rules;

  RuleBench(String text) {
    this(text, new FakeStorage(), Instant.parse("2024-01-01T00:00:00Z"));
  }

  RuleBench(String text, FakeStorage storage, Instant start) {
    this(FakeConfiguration.of(text), storage, start);
  }

  RuleBench(PrometheusConfig config, FakeStorage storage, Instant start) {
    this(config, storage, start, Bundle.STARTING);
  }

  /** With the state of the framework when the component comes. */
  RuleBench(PrometheusConfig config, FakeStorage storage, Instant start, int framework) {
    this.time = new FakeTime(start);
    this.storage = storage;
    this.scope = new FakeScope(time);
    configuration.publish(config);
    rules =
        new RuleEvaluation(
            FakeFlags.DEFAULT, time, configuration, ownership(), scope, context(framework));
    rules.bindExpressions(expressions);
    rules.bindTemplates(templates);
    rules.bindStorage(storage);
    rules.bindEngine(engine);
    rules.bindSink(sink);
  }

  private static BundleContext context(int framework) {
    Bundle system = proxy(Bundle.class, method -> method.equals("getState") ? framework : null);
    return proxy(BundleContext.class, method -> method.equals("getBundle") ? system : null);
  }

  private static <T> T proxy(Class<T> type, Function<String, Object> call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.apply(method.getName())));
  }

  private Ownership ownership() {
    return new Ownership() {
      @Override
      public boolean owns(String kind, String key) {
        return kind.equals("rule-group") && !disowned.contains(key);
      }

      @Override
      public long epoch() {
        return 0;
      }

      @Override
      public AutoCloseable onChange(Runnable listener) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** A reload with another text of the same file. */
  void reload(String text) {
    configuration.publish(FakeConfiguration.of(text));
  }

  /** As many intervals of a minute pass. */
  void minutes(int count) {
    time.advance(Duration.ofMinutes(count));
  }

  /** The time of the last evaluation of the first group, as samples have it. */
  long lastSlot() {
    String asked = engine.asked.getLast();
    return Long.parseLong(asked.substring(asked.lastIndexOf(' ') + 1));
  }

  RuleGroup group() {
    return rules.groups().getFirst();
  }

  Rule rule(int index) {
    return group().rules().get(index);
  }

  /** The alerts of a rule: {@code firing{alertname="A"}}. */
  String alerts(int rule) {
    return ((Rule.Alerting) rule(rule))
        .alerts().stream().map(RuleBench::describe).collect(Collectors.joining(" "));
  }

  private static String describe(ActiveAlert alert) {
    return alert.state().name().toLowerCase(Locale.ROOT) + alert.labels();
  }

  /** The values of a series that were stored, without times. */
  List<String> values(String... labels) {
    String samples = storage.samples(Labels.of(labels));
    return samples.isEmpty()
        ? List.of()
        : List.of(samples.split(" ")).stream().map(s -> s.substring(s.indexOf('=') + 1)).toList();
  }

  double metric(String name) {
    return scope.metrics.get(name);
  }

  /** A metric of the group {@code g} of {@code rules.yml}. */
  double groupMetric(String name) {
    return metric("prometheus_rule_" + name + "[rules.yml;g]");
  }
}
