package io.narthex.scrape.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ScrapeLimits;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.target.Target;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.loop.FakeClock;
import io.narthex.scrape.internal.loop.FakeMetrics;
import io.narthex.scrape.internal.loop.FakeStorage;
import io.narthex.scrape.internal.loop.Targets;
import io.narthex.scrape.internal.text.RawLabels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a target, and what is stored then. The language, a line each:
 *
 * <pre>
 * === name of the scenario
 * option NAME [VALUE]         before the first scrape; later the options of the next reload
 * scrape TIME [ERROR]         with the body in the lines after it, behind "|"; ERROR is what it gives
 * fail TIME ERROR             no answer
 * large TIME                  an answer above body_size_limit
 * reload                      the target is scraped with the options above from now on
 * end TIME                    the target has gone
 * storage                     the storage is another from now on
 * openmetrics                 answers are in that format from now on
 * stored SERIES SAMPLES       what the storage has then, without job="j" and instance="i"
 * exemplars SERIES EXEMPLARS
 * counted METRIC VALUE
 * </pre>
 *
 * <p>All series but the report's must be named; of those, only what is to be checked.
 */
record Scenario(String name, List<String> lines) {
  private static final List<String> REPORT =
      List.of(
          "up",
          "scrape_duration_seconds",
          "scrape_samples_scraped",
          "scrape_samples_post_metric_relabeling",
          "scrape_series_added",
          "scrape_timeout_seconds",
          "scrape_sample_limit",
          "scrape_body_size_bytes");

  @Override
  public String toString() {
    return name;
  }

  static List<Scenario> read(String file) throws IOException {
    List<Scenario> scenarios = new ArrayList<>();
    try (InputStream in = Scenario.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("=== ")) {
          scenarios.add(new Scenario(line.substring(4), new ArrayList<>()));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          scenarios.getLast().lines.add(line);
        }
      }
    }
    return scenarios;
  }

  void run() {
    new Run().run();
  }

  private final class Run {
    private final FakeMetrics metrics = new FakeMetrics();
    private final RecordMetrics recordMetrics = new RecordMetrics(metrics);
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private final Map<String, String> expected = new TreeMap<>();
    private FakeStorage storage = new FakeStorage();
    private String contentType = "text/plain; version=0.0.4";
    private @Nullable TargetRecorder recorder;
    private int at;

    void run() {
      while (at < lines.size()) {
        String[] words = lines.get(at++).split(" ", 3);
        String first = words.length > 1 ? words[1] : "";
        String second = words.length > 2 ? words[2] : "";
        switch (words[0]) {
          case "option" -> options.computeIfAbsent(first, n -> new ArrayList<>()).add(second);
          case "scrape" -> record(first, new Attempt.Answered(body(), contentType), second);
          case "fail" -> record(first, new Attempt.Failed(second), second);
          case "large" -> record(first, new Attempt.Failed("large", true), "large");
          case "reload" -> reload();
          case "end" -> recorder().recordEnd(storage, Long.parseLong(first));
          case "storage" -> {
            storage.stop();
            recorder().release(storage);
            storage = new FakeStorage();
          }
          case "openmetrics" -> contentType = "application/openmetrics-text; version=1.0.0";
          case "stored" -> expected.put(first, second);
          case "exemplars" ->
              assertThat(String.join(", ", storage.exemplars(labels(first))))
                  .as(first)
                  .isEqualTo(second);
          case "counted" ->
              assertThat(metrics.value(first)).as(first).isEqualTo(Double.parseDouble(second));
          default -> throw new IllegalArgumentException(words[0]);
        }
      }
      assertThat(stored()).isEqualTo(expected);
    }

    private Map<String, String> stored() {
      Map<String, String> stored = new TreeMap<>();
      for (Labels labels : storage.series()) {
        String series = text(labels);
        if (!REPORT.contains(series) || expected.containsKey(series)) {
          stored.put(series, storage.samples(labels));
        }
      }
      return stored;
    }

    private void record(String time, Attempt attempt, String error) {
      assertThat(recorder().record(storage, Long.parseLong(time), attempt, () -> 250_000_000))
          .as("error at " + time)
          .isEqualTo(error);
    }

    private TargetRecorder recorder() {
      TargetRecorder present = recorder;
      if (present == null) {
        Target target = target();
        present =
            new TargetRecorder(
                target,
                new AppendSource("scrape", "key"),
                SeriesRules.of(target.options(), new SimpleRelabelling()),
                recordMetrics,
                new FakeClock(1_000_000));
        recorder = present;
        options.clear();
      }
      return present;
    }

    private void reload() {
      TargetRecorder present = recorder();
      Target target = target();
      recorder =
          present.successor(target, SeriesRules.of(target.options(), new SimpleRelabelling()));
      options.clear();
    }

    private ByteSink body() {
      StringBuilder body = new StringBuilder();
      while (at < lines.size() && lines.get(at).startsWith("|")) {
        body.append(lines.get(at++).substring(1)).append('\n');
      }
      return TargetRecorderTest.sink(body.toString());
    }

    private Target target() {
      return Targets.with(
          new ScrapeOptions(
              options.containsKey("honor_labels"),
              !options.containsKey("ignore_timestamps"),
              options.containsKey("track_timestamps_staleness"),
              true,
              ScrapeOptions.DEFAULT.protocols(),
              ScrapeOptions.DEFAULT.fallbackProtocol(),
              new ScrapeLimits(
                  number("sample_limit"),
                  number("label_limit"),
                  number("label_name_length_limit"),
                  number("label_value_length_limit"),
                  0),
              rules(),
              ScrapeOptions.DEFAULT.http(),
              options.containsKey("legacy") ? NameValidation.LEGACY : NameValidation.UTF8,
              ScrapeOptions.DEFAULT.escaping(),
              options.containsKey("extra_scrape_metrics"),
              ScrapeOptions.DEFAULT.histograms(),
              ScrapeOptions.DEFAULT.failureLog()));
    }

    private long number(String option) {
      return Long.parseLong(options.getOrDefault(option, List.of("0")).getFirst());
    }

    /** {@code drop REGEX} by name, {@code labeldrop REGEX}, {@code set NAME-REGEX LABEL VALUE}. */
    private List<RelabelRule> rules() {
      List<RelabelRule> rules = new ArrayList<>();
      options
          .getOrDefault("drop", List.of())
          .forEach(regex -> rules.add(rule(RelabelAction.DROP, regex, "", "")));
      options
          .getOrDefault("labeldrop", List.of())
          .forEach(regex -> rules.add(rule(RelabelAction.LABELDROP, regex, "", "")));
      for (String set : options.getOrDefault("set", List.of())) {
        String[] parts = set.split(" ", -1);
        rules.add(rule(RelabelAction.REPLACE, parts[0], parts[1], parts[2]));
      }
      return rules;
    }

    private RelabelRule rule(RelabelAction action, String regex, String target, String value) {
      return new RelabelRule(
          List.of(Labels.METRIC_NAME), ";", regex, 0, target, value, action, NameValidation.UTF8);
    }
  }

  /** Without the target's labels if it has both. */
  private static String text(Labels labels) {
    boolean plain = labels.get("job").equals("j") && labels.get("instance").equals("i");
    Labels rest =
        labels.filter(
            name ->
                !name.equals(Labels.METRIC_NAME)
                    && !(plain && (name.equals("job") || name.equals("instance"))));
    String text = labels.metricName() + (plain ? "" : "!") + (rest.isEmpty() ? "" : rest);
    return text.replace(" ", "");
  }

  private static Labels labels(String name) {
    return new RawLabels(List.of(Labels.METRIC_NAME), List.of(name))
        .merge(Targets.plain().labels(), false);
  }
}
