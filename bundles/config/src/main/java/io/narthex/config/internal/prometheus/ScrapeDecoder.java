package io.narthex.config.internal.prometheus;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.model.Labels;
import io.narthex.api.time.DurationSyntax;
import io.narthex.config.internal.yaml.Problem;
import io.narthex.config.internal.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decodes one entry of {@code scrape_configs}. */
final class ScrapeDecoder {
  private final GlobalConfig global;
  private final List<Problem> problems;

  ScrapeDecoder(GlobalConfig global, List<Problem> problems) {
    this.global = global;
    this.problems = problems;
  }

  ScrapeConfig decode(String path, YamlNode node) {
    String job = jobName(node);
    String name = job.isEmpty() ? path : "%s (job \"%s\")".formatted(path, job);
    Section section = new Section(name, node, problems);
    if (node.isNull()) {
      section.report(
          node.position(), "%s is empty; it must be a mapping with a job_name".formatted(path));
    } else if (section.isMapping() && section.string("job_name").orElse("").isEmpty()) {
      section.report(
          section.position("job_name"), "job_name in %s is missing or empty".formatted(path));
    }
    Duration interval = section.duration("scrape_interval").orElse(global.scrapeInterval());
    ScrapeConfig config =
        new ScrapeConfig(
            job,
            interval,
            timeout(section, interval, name),
            section.string("metrics_path").orElse("/metrics"),
            scheme(section),
            params(section),
            section.bool("honor_labels", false),
            section.bool("honor_timestamps", true),
            staticConfigs(section, path));
    section.refuseOthers(UpstreamKeys.SCRAPE);
    return config;
  }

  /** The job name ahead of all else, since every message about the section names it. */
  private static String jobName(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        if (entry.key().equals("job_name") && entry.value() instanceof YamlNode.Scalar scalar) {
          return scalar.isNull() ? "" : scalar.text();
        }
      }
    }
    return "";
  }

  private Duration timeout(Section section, Duration interval, String name) {
    Duration timeout =
        section
            .duration("scrape_timeout")
            .orElse(GlobalDecoder.min(global.scrapeTimeout(), interval));
    if (timeout.compareTo(interval) > 0) {
      section.report(
          section.valuePosition("scrape_timeout"),
          "scrape_timeout (%s) is greater than scrape_interval (%s) in %s; it must not be"
              .formatted(DurationSyntax.format(timeout), DurationSyntax.format(interval), name));
      return interval;
    }
    return timeout;
  }

  private static String scheme(Section section) {
    String scheme = section.string("scheme").orElse("http");
    switch (scheme) {
      case "http" -> {}
      case "https" ->
          section.report(
              section.valuePosition("scheme"),
              "scheme \"https\" is not supported by this version of Narthex yet; only \"http\" is");
      default ->
          section.report(
              section.valuePosition("scheme"),
              "scheme must be \"http\", got \"%s\"".formatted(scheme));
    }
    return scheme;
  }

  private static Map<String, List<String>> params(Section section) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    for (YamlNode.Entry entry : section.mapping("params")) {
      if (!entry.value().isNull()) {
        List<String> values =
            section.strings(entry.value(), "params." + entry.key()).stream()
                .map(YamlNode.Scalar::text)
                .toList();
        params.put(entry.key(), values);
      }
    }
    return params;
  }

  private List<StaticTargets> staticConfigs(Section section, String path) {
    List<StaticTargets> groups = new ArrayList<>();
    List<YamlNode> items = section.list("static_configs");
    for (int i = 0; i < items.size(); i++) {
      groups.add(group("%s.static_configs[%d]".formatted(path, i), items.get(i)));
    }
    return groups;
  }

  private StaticTargets group(String path, YamlNode node) {
    Section section = new Section(path, node, problems);
    List<String> targets = new ArrayList<>();
    section
        .value("targets")
        .ifPresent(
            list ->
                section
                    .strings(list, "targets")
                    .forEach(target -> addTarget(section, target, targets)));
    Labels.Builder labels = Labels.builder();
    for (YamlNode.Entry entry : section.mapping("labels")) {
      LabelEntries.read(section, entry, "labels")
          .ifPresent(value -> labels.set(entry.key(), value));
    }
    section.refuseOthers(Set.of());
    return new StaticTargets(targets, labels.build());
  }

  private static void addTarget(Section section, YamlNode.Scalar target, List<String> targets) {
    TargetAddress.problem(target.text())
        .ifPresentOrElse(
            problem -> section.report(target.position(), problem),
            () -> targets.add(target.text()));
  }
}
