package io.narthex.alerting.internal;

import io.narthex.alerting.internal.alert.AlertIntake;
import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.alert.PostedAlert;
import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.config.AlertmanagerYaml;
import io.narthex.alerting.internal.config.ConfigFiles;
import io.narthex.alerting.internal.config.NotifierKinds;
import io.narthex.alerting.internal.config.NotifierSettings;
import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.alerting.internal.notify.LogEntryCodec;
import io.narthex.alerting.internal.notify.NotificationLog;
import io.narthex.alerting.internal.notify.NotifierRegistration;
import io.narthex.alerting.internal.notify.NotifierRegistry;
import io.narthex.alerting.internal.silence.Silence;
import io.narthex.alerting.internal.silence.SilenceCodec;
import io.narthex.alerting.internal.silence.Silences;
import io.narthex.alerting.internal.state.StateLog;
import io.narthex.api.cluster.Ownership;
import io.narthex.api.model.MatchType;
import io.narthex.api.section.Problem;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import io.narthex.api.time.DurationSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The whole Alertmanager but for its component, with a clock that the test moves. What happens is
 * written as lines, each a time after the start and a step:
 *
 * <pre>
 * 0s fire A started=-5m n=1     receives an alert; other words with = are labels
 * 10s resolve A                 receives it with an end
 * 10s silence A for=1h          10s expire
 * 10s away page                 10s back page
 * 10s reload                    10s restart
 * 10m end
 * </pre>
 *
 * What was told is kept as lines too: {@code 30s page A (first notification)}; resolved alerts have
 * a minus before them.
 */
public final class Scenario {
  static final TemplateSet NO_TEMPLATES =
      new TemplateSet() {
        @Override
        public Template text(TemplateSource source) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Template html(TemplateSource source) {
          throw new UnsupportedOperationException();
        }
      };

  private static final AlertingLimits LIMITS =
      new AlertingLimits(1000, 100, 1000, Duration.ofHours(120));

  final FakeLoop loop = new FakeLoop();
  final FakeGuard guard = new FakeGuard(loop);
  final FakeKeyedLog silenceLog = new FakeKeyedLog();
  final FakeKeyedLog notificationLog = new FakeKeyedLog();
  final Map<String, FakeNotifier> notifiers = new HashMap<>();
  final List<String> told = new ArrayList<>();
  final NotifierRegistry registry = new NotifierRegistry();
  boolean owned = true;

  private final String text;
  FakeMetrics metrics = new FakeMetrics();
  AlertStore store = new AlertStore(loop, LIMITS.alerts());
  AlertIntake intake;
  Silences silences;
  NotificationLog log;
  AlertingEngine engine;
  private String lastSilence = "";

  Scenario(String text) {
    this.text = text;
    notifier("page");
    notifier("mail");
    begin();
  }

  private void notifier(String kind) {
    FakeNotifier notifier =
        new FakeNotifier(
            kind, line -> told.add(DurationSyntax.format(loop.elapsed()) + " " + line));
    notifiers.put(kind, notifier);
    registry.add(NotifierRegistration.of(notifier, notifier.properties()));
  }

  /** As after a start of the process: what is not in the logs is gone. */
  private void begin() {
    metrics = new FakeMetrics();
    store = new AlertStore(loop, LIMITS.alerts());
    intake = new AlertIntake(store, loop, metrics);
    silences =
        new Silences(new StateLog<>(silenceLog, new SilenceCodec()), loop, LIMITS.ofSilences());
    silences.load();
    log =
        new NotificationLog(
            new StateLog<>(notificationLog, new LogEntryCodec()), loop, LIMITS.retention());
    log.load();
    engine =
        new AlertingEngine(
            new AlertingEngine.Means(
                store,
                silences,
                log,
                registry,
                guard,
                ownership(),
                loop,
                loop,
                "http://here/alertmanager",
                () -> 0.5),
            LIMITS,
            metrics);
    apply();
  }

  void apply() {
    engine.apply(config(text), NO_TEMPLATES).join();
  }

  static AlertmanagerConfig config(String text) {
    NotifierKinds kinds =
        new NotifierKinds() {
          @Override
          public boolean isInstalled(String kind) {
            return true;
          }

          @Override
          public boolean mayCome() {
            return true;
          }

          @Override
          public void check(NotifierSettings settings, List<Problem> problems) {}
        };
    return new AlertmanagerYaml(kinds, ConfigFiles.local()).decode("test.yml", text).config();
  }

  private Ownership ownership() {
    return new Ownership() {
      @Override
      public boolean owns(String kind, String key) {
        return owned;
      }

      @Override
      public long epoch() {
        return 0;
      }

      @Override
      public AutoCloseable onChange(Runnable listener) {
        return () -> {};
      }
    };
  }

  /** Does the steps, each at its time. */
  Scenario run(String steps) {
    steps.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(this::step);
    return this;
  }

  private void step(String line) {
    String[] words = line.split(" +");
    loop.pass(DurationSyntax.parse(words[0]).minus(loop.elapsed()));
    Map<String, String> options = new TreeMap<>();
    for (int i = 3; i < words.length; i++) {
      String[] option = words[i].split("=", 2);
      options.put(option[0], option[1]);
    }
    switch (words[1]) {
      case "fire" -> receive(words[2], options, false);
      case "resolve" -> receive(words[2], options, true);
      case "silence" -> silence(words[2], options);
      case "expire" -> silences.expire(lastSilence);
      case "away" -> away(words[2]);
      case "back" -> back(words[2]);
      case "reload" -> apply();
      case "restart" -> {
        loop.kill();
        begin();
      }
      case "end" -> {}
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void receive(String name, Map<String, String> options, boolean resolved) {
    long now = loop.wallMillis();
    OptionalLong start =
        options.containsKey("started")
            ? OptionalLong.of(now - DurationSyntax.parseMillis(options.get("started").substring(1)))
            : resolved ? OptionalLong.empty() : OptionalLong.of(now);
    OptionalLong end =
        resolved
            ? OptionalLong.of(now)
            : options.containsKey("lasts")
                ? OptionalLong.of(now + DurationSyntax.parseMillis(options.get("lasts")))
                : OptionalLong.of(now + Duration.ofDays(30).toMillis());
    Map<String, String> labels = new TreeMap<>(options);
    labels.keySet().removeAll(List.of("started", "lasts"));
    labels.put("alertname", name);
    List<String> problems =
        intake.accept(
            List.of(new PostedAlert(labels, Map.of(), start, end, "")), Duration.ofMinutes(5));
    if (!problems.isEmpty()) {
      throw new AssertionError(problems);
    }
  }

  private void silence(String name, Map<String, String> options) {
    lastSilence =
        silences.set(
            new Silence(
                "",
                List.of(new Matchers(List.of(AlertMatcher.of(MatchType.EQUAL, "alertname", name)))),
                0,
                loop.wallMillis() + DurationSyntax.parseMillis(options.get("for")),
                0,
                "me",
                "",
                new TreeMap<>()));
  }

  void away(String kind) {
    FakeNotifier notifier = notifiers.get(kind);
    notifier.gone = true;
    registry.remove(notifier.id());
    engine.followNotifiers();
  }

  void back(String kind) {
    FakeNotifier notifier = notifiers.get(kind);
    notifier.gone = false;
    registry.add(NotifierRegistration.of(notifier, notifier.properties()));
    engine.followNotifiers();
  }
}
