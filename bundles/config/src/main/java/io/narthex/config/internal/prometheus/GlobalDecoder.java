package io.narthex.config.internal.prometheus;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.section.Section;
import io.narthex.api.time.DurationSyntax;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decodes the section {@code global}, and fills in what is not given. */
final class GlobalDecoder {
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private final EnvironmentExpansion expansion;

  GlobalDecoder(EnvironmentExpansion expansion) {
    this.expansion = expansion;
  }

  /**
   * Decodes the section.
   *
   * @param given whether it is there at all
   */
  GlobalConfig decode(Settings global, boolean given) {
    Duration interval = orElse(global, "scrape_interval", DEFAULT_INTERVAL);
    Duration timeout = timeout(global, interval);
    Duration evaluation = orElse(global, "evaluation_interval", DEFAULT_INTERVAL);
    if (!given) {
      global.set("metric_name_escaping_scheme", new Setting.Text(NameSchemes.ALLOW_UTF8));
    }
    NameValidation names = NameSchemes.completeGlobal(global);
    falseIfUnset(global, "scrape_native_histograms");
    falseIfUnset(global, "extra_scrape_metrics");
    Protocols.check(global, "global");
    return new GlobalConfig(interval, timeout, evaluation, externalLabels(global, names));
  }

  private static Duration orElse(Settings settings, String key, Duration fallback) {
    if (!settings.has(key)) {
      settings.set(key, new Setting.Time(fallback));
    }
    return settings.duration(key);
  }

  private static void falseIfUnset(Settings settings, String key) {
    if (settings.get(key) instanceof Setting.Unset) {
      settings.set(key, new Setting.Flag(false, true));
    }
  }

  private static Duration timeout(Settings global, Duration interval) {
    Duration timeout = orElse(global, "scrape_timeout", min(DEFAULT_TIMEOUT, interval));
    if (timeout.compareTo(interval) > 0) {
      Section section = global.section();
      section.report(
          section.valuePosition("scrape_timeout"),
          "global scrape_timeout (%s) is greater than scrape_interval (%s); it must not be"
              .formatted(DurationSyntax.format(timeout), DurationSyntax.format(interval)));
      return interval;
    }
    return timeout;
  }

  private Labels externalLabels(Settings global, NameValidation names) {
    Labels.Builder labels = Labels.builder();
    SortedMap<String, Setting> shown = new TreeMap<>();
    global
        .textsByName("external_labels")
        .forEach(
            (name, text) -> {
              String value = expansion.expand(text);
              shown.put(name, new Setting.Text(value));
              if (!name.isEmpty() && isValid(global, names, name, value)) {
                labels.set(name, value);
              }
            });
    global.set("external_labels", new Setting.Names(shown));
    return labels.build();
  }

  private static boolean isValid(Settings global, NameValidation names, String name, String value) {
    boolean valid =
        names.isLabelName(name) && (value.isEmpty() || NameValidation.UTF8.isLabelName(value));
    if (!valid) {
      global
          .section()
          .report(
              global.section().valuePosition("external_labels"),
              "external_labels has a label \"%s\" whose name or value is not valid (%s names)"
                  .formatted(name, names == NameValidation.UTF8 ? "utf8" : "legacy"));
    }
    return valid;
  }

  static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
