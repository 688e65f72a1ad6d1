package io.narthex.discovery.core.internal.target;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.config.ScrapeOptions.HistogramOptions;
import io.narthex.api.model.Labels;
import java.util.HashMap;
import java.util.Map;

/**
 * The options of a job with what labels of a target say about histograms. Targets with the same
 * options share one value. For use by one thread.
 */
final class HistogramOverrides {
  private final ScrapeOptions options;
  private final Map<HistogramOptions, ScrapeOptions> made = new HashMap<>();

  HistogramOverrides(ScrapeOptions options) {
    this.options = options;
  }

  /** What stands in the labels before anything overrides it. */
  void addDefaults(Labels.Builder labels) {
    HistogramOptions defaults = options.histograms();
    labels.set(TargetLabels.CONVERT_CLASSIC, Boolean.toString(defaults.convertClassic()));
    labels.set(TargetLabels.ALWAYS_CLASSIC, Boolean.toString(defaults.alwaysClassic()));
    labels.set(TargetLabels.SCRAPE_NATIVE, Boolean.toString(defaults.scrapeNative()));
  }

  /** The options of a target with these labels. */
  ScrapeOptions of(Labels labels) throws BadTargetException {
    HistogramOptions defaults = options.histograms();
    HistogramOptions wanted =
        new HistogramOptions(
            flag(labels, TargetLabels.SCRAPE_NATIVE, defaults.scrapeNative()),
            flag(labels, TargetLabels.CONVERT_CLASSIC, defaults.convertClassic()),
            flag(labels, TargetLabels.ALWAYS_CLASSIC, defaults.alwaysClassic()),
            defaults.bucketLimit(),
            defaults.minBucketFactor());
    return wanted.equals(defaults) ? options : made.computeIfAbsent(wanted, this::with);
  }

  /** Go's spellings of a boolean. */
  private static boolean flag(Labels labels, String name, boolean fallback)
      throws BadTargetException {
    String text = labels.get(name);
    return switch (text) {
      case "" -> fallback;
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw new BadTargetException(
              "label %s must be true or false, got \"%s\"".formatted(name, text));
    };
  }

  private ScrapeOptions with(HistogramOptions histograms) {
    return new ScrapeOptions(
        options.honorLabels(),
        options.honorTimestamps(),
        options.trackTimestampsStaleness(),
        options.enableCompression(),
        options.protocols(),
        options.fallbackProtocol(),
        options.limits(),
        options.metricRelabelRules(),
        options.http(),
        options.names(),
        options.escaping(),
        options.extraMetrics(),
        histograms,
        options.failureLog());
  }
}
