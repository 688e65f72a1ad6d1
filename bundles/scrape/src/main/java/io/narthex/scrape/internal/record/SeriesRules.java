package io.narthex.scrape.internal.record;

import io.narthex.api.config.ScrapeLimits;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.relabel.Relabelling;
import io.narthex.scrape.internal.text.RawLabels;
import org.jspecify.annotations.Nullable;

/**
 * What is done with what targets expose: a job's options with its metric relabelling compiled. Made
 * once for all targets of a job; may be used from any thread.
 */
public final class SeriesRules {
  private final ScrapeOptions options;
  private final @Nullable Relabeller relabeller;

  private SeriesRules(ScrapeOptions options, @Nullable Relabeller relabeller) {
    this.options = options;
    this.relabeller = relabeller;
  }

  /**
   * The rules of a job.
   *
   * @param relabelling is only asked if the job has metric relabelling
   */
  public static SeriesRules of(ScrapeOptions options, Relabelling relabelling) {
    return new SeriesRules(
        options,
        options.metricRelabelRules().isEmpty()
            ? null
            : relabelling.compile(options.metricRelabelRules()));
  }

  /** What they were made from. */
  public ScrapeOptions options() {
    return options;
  }

  /** Whether the same text gives the same series, or is refused for the same reason, by both. */
  boolean makeSameSeriesAs(SeriesRules other) {
    return options.honorLabels() == other.options.honorLabels()
        && options.names() == other.options.names()
        && options.metricRelabelRules().equals(other.options.metricRelabelRules())
        && labelLimits(options.limits()).equals(labelLimits(other.options.limits()));
  }

  private static ScrapeLimits labelLimits(ScrapeLimits limits) {
    return new ScrapeLimits(
        0, limits.labels(), limits.labelNameLength(), limits.labelValueLength(), 0);
  }

  /**
   * The labels of the series that is stored, or null if metric relabelling drops it.
   *
   * @throws SeriesRejectedException if it may not be stored
   */
  @Nullable Labels stored(RawLabels sent, Labels target) throws SeriesRejectedException {
    Labels labels = sent.merge(target, options.honorLabels());
    Labels relabelled = relabeller == null ? labels : relabeller.apply(labels);
    if (relabelled == null || relabelled.isEmpty()) {
      return null;
    }
    if (!relabelled.has(Labels.METRIC_NAME)) {
      throw new SeriesRejectedException("missing metric name (__name__ label)");
    }
    if (!areNamesValid(relabelled)) {
      throw new SeriesRejectedException("invalid metric name or label names: " + relabelled);
    }
    LabelLimits.check(relabelled, options.limits());
    return relabelled;
  }

  private boolean areNamesValid(Labels labels) {
    NameValidation names = options.names();
    for (int i = 0; i < labels.size(); i++) {
      if (!names.isLabelName(labels.name(i))) {
        return false;
      }
    }
    return names.isMetricName(labels.metricName());
  }
}
