package io.narthex.config.internal.prometheus;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeLimits;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.api.model.NameValidation;
import io.narthex.api.section.Section;
import io.narthex.api.time.DurationSyntax;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes one entry of {@code scrape_configs}, and fills in what it inherits. */
final class ScrapeDecoder {
  private static final List<String> INHERITED =
      List.of(
          "body_size_limit",
          "sample_limit",
          "target_limit",
          "label_limit",
          "label_name_length_limit",
          "label_value_length_limit",
          "keep_dropped_targets",
          "scrape_failure_log_file",
          "scrape_native_histograms",
          "extra_scrape_metrics");

  private final Settings global;
  private final DiscoveryDecoder discoveries;

  ScrapeDecoder(Settings global, DiscoveryDecoder discoveries) {
    this.global = global;
    this.discoveries = discoveries;
  }

  ScrapeConfig decode(Settings scrape) {
    Duration interval = inherited(scrape, "scrape_interval");
    Duration timeout = timeout(scrape, interval);
    for (String key : INHERITED) {
      if (!scrape.has(key)) {
        scrape.set(key, global.get(key));
      }
    }
    explicitFlag(scrape, "convert_classic_histograms_to_nhcb");
    explicitFlag(scrape, "always_scrape_classic_histograms");
    List<ScrapeProtocol> protocols = Protocols.complete(scrape, global);
    NameValidation names = NameSchemes.completeScrape(scrape, global);
    checkScheme(scrape);
    discoveries.check(scrape, "metrics_path");
    return new ScrapeConfig(
        scrape.text("job_name"),
        interval,
        timeout,
        scrape.text("metrics_path"),
        scrape.text("scheme"),
        params(scrape),
        options(scrape, protocols, names),
        RelabelDecoder.decode(scrape, "relabel_configs", names),
        scrape.number("target_limit"),
        scrape.number("keep_dropped_targets"),
        discoveries.statics(scrape),
        discoveries.dynamics(scrape));
  }

  private Duration inherited(Settings scrape, String key) {
    if (!scrape.has(key)) {
      scrape.set(key, global.get(key));
    }
    return scrape.duration(key);
  }

  private void explicitFlag(Settings scrape, String key) {
    if (!scrape.has(key)) {
      scrape.set(key, new Setting.Flag(global.flag(key), true));
    }
  }

  private Duration timeout(Settings scrape, Duration interval) {
    if (!scrape.has("scrape_timeout")) {
      Duration inherited = GlobalDecoder.min(global.duration("scrape_timeout"), interval);
      scrape.set("scrape_timeout", new Setting.Time(inherited));
    }
    Duration timeout = scrape.duration("scrape_timeout");
    if (timeout.compareTo(interval) > 0) {
      Section section = scrape.section();
      section.report(
          section.valuePosition("scrape_timeout"),
          "scrape_timeout (%s) is greater than scrape_interval (%s) in %s; it must not be"
              .formatted(
                  DurationSyntax.format(timeout), DurationSyntax.format(interval), section.name()));
      return interval;
    }
    return timeout;
  }

  private static void checkScheme(Settings scrape) {
    String scheme = scrape.text("scheme");
    if (!scheme.equals("http") && !scheme.equals("https")) {
      scrape
          .section()
          .report(
              scrape.section().valuePosition("scheme"),
              "scheme must be \"http\" or \"https\", got \"%s\"".formatted(scheme));
    }
  }

  private static Map<String, List<String>> params(Settings scrape) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    scrape
        .names("params")
        .forEach(
            (name, value) -> {
              if (value instanceof Setting.Items items && !items.items().isEmpty()) {
                params.put(
                    name,
                    items.items().stream()
                        .map(item -> item instanceof Setting.Text text ? text.text() : "")
                        .toList());
              }
            });
    return params;
  }

  private static ScrapeOptions options(
      Settings scrape, List<ScrapeProtocol> protocols, NameValidation names) {
    return new ScrapeOptions(
        scrape.flag("honor_labels"),
        scrape.flag("honor_timestamps"),
        scrape.flag("track_timestamps_staleness"),
        scrape.flag("enable_compression"),
        protocols,
        Protocols.fallback(scrape),
        new ScrapeLimits(
            scrape.number("sample_limit"),
            scrape.number("label_limit"),
            scrape.number("label_name_length_limit"),
            scrape.number("label_value_length_limit"),
            scrape.number("body_size_limit")),
        RelabelDecoder.decode(scrape, "metric_relabel_configs", names),
        scrape.http(),
        names,
        NameSchemes.escaping(scrape),
        scrape.flag("extra_scrape_metrics"),
        new ScrapeOptions.HistogramOptions(
            scrape.flag("scrape_native_histograms"),
            scrape.flag("convert_classic_histograms_to_nhcb"),
            scrape.flag("always_scrape_classic_histograms"),
            scrape.number("native_histogram_bucket_limit"),
            scrape.decimal("native_histogram_min_bucket_factor")),
        Optional.of(scrape.text("scrape_failure_log_file"))
            .filter(file -> !file.isEmpty())
            .map(Path::of));
  }
}
