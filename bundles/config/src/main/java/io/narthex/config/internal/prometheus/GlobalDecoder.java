package io.narthex.config.internal.prometheus;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.model.Labels;
import io.narthex.api.time.DurationSyntax;
import io.narthex.config.internal.yaml.YamlNode;
import java.time.Duration;

/** Decodes the section {@code global}. */
final class GlobalDecoder {
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private final EnvironmentExpansion expansion;

  GlobalDecoder(EnvironmentExpansion expansion) {
    this.expansion = expansion;
  }

  GlobalConfig decode(Section section) {
    Duration interval = section.duration("scrape_interval").orElse(DEFAULT_INTERVAL);
    Duration timeout = timeout(section, interval);
    Duration evaluation = section.duration("evaluation_interval").orElse(DEFAULT_INTERVAL);
    Labels externalLabels = externalLabels(section);
    section.refuseOthers(UpstreamKeys.GLOBAL);
    return new GlobalConfig(interval, timeout, evaluation, externalLabels);
  }

  private static Duration timeout(Section section, Duration interval) {
    Duration timeout = section.duration("scrape_timeout").orElse(min(DEFAULT_TIMEOUT, interval));
    if (timeout.compareTo(interval) > 0) {
      section.report(
          section.valuePosition("scrape_timeout"),
          "global scrape_timeout (%s) is greater than scrape_interval (%s); it must not be"
              .formatted(DurationSyntax.format(timeout), DurationSyntax.format(interval)));
      return interval;
    }
    return timeout;
  }

  private Labels externalLabels(Section section) {
    Labels.Builder labels = Labels.builder();
    for (YamlNode.Entry entry : section.mapping("external_labels")) {
      LabelEntries.read(section, entry, "external_labels")
          .ifPresent(value -> labels.set(entry.key(), expansion.expand(value)));
    }
    return labels.build();
  }

  static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
