package io.narthex.scrape.internal.record;

import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.Appender;
import io.narthex.api.target.Target;
import java.util.Arrays;

/**
 * The series about a target's scrapes, which every target has. Not safe for use by several threads.
 */
final class ReportSeries {
  private static final String[] NAMES = {
    "up",
    "scrape_duration_seconds",
    "scrape_samples_scraped",
    "scrape_samples_post_metric_relabeling",
    "scrape_series_added",
    "scrape_timeout_seconds",
    "scrape_sample_limit",
    "scrape_body_size_bytes"
  };

  /** How many there are without {@code extra_scrape_metrics}. */
  private static final int ALWAYS = 5;

  private final Target target;
  private final int count;
  private final int[] slots;

  /** How many the scrape before had, if a reload has taken some away. */
  private int countBefore;

  ReportSeries(Target target) {
    this(target, new int[NAMES.length], 0);
    forgetSlots();
  }

  private ReportSeries(Target target, int[] slots, int countBefore) {
    this.target = target;
    this.count = target.options().extraMetrics() ? NAMES.length : ALWAYS;
    this.slots = slots;
    this.countBefore = countBefore;
  }

  /** Those of the same target with other options; what it no longer has ends. */
  ReportSeries successor(Target changed) {
    return new ReportSeries(changed, slots, Math.max(count, countBefore));
  }

  void forgetSlots() {
    Arrays.fill(slots, SeriesTable.NONE);
  }

  /**
   * Appends their samples. What the storage refuses is not counted: a target that came back may
   * have newer ones.
   */
  void append(
      Appender appender, long time, boolean up, double seconds, ScrapeCounts counts, long size) {
    append(appender, 0, time, up ? 1 : 0);
    append(appender, 1, time, seconds);
    append(appender, 2, time, counts.scraped);
    append(appender, 3, time, counts.kept);
    append(appender, 4, time, counts.seriesAdded);
    if (count > ALWAYS) {
      append(appender, 5, time, target.timeout().toMillis() / 1e3);
      append(appender, 6, time, target.options().limits().samples());
      append(appender, 7, time, size);
    }
    endFrom(count, appender, time);
  }

  void appendStale(Appender appender, long time) {
    countBefore = Math.max(count, countBefore);
    endFrom(0, appender, time);
  }

  /** The scrape is stored: what the one before had is of no interest any more. */
  void endScrape() {
    countBefore = 0;
  }

  private void endFrom(int first, Appender appender, long time) {
    for (int i = first; i < countBefore; i++) {
      append(appender, i, time, StaleMarker.VALUE);
    }
  }

  private void append(Appender appender, int series, long time, double value) {
    if (slots[series] == SeriesTable.NONE) {
      slots[series] =
          appender.slot(target.labels().toBuilder().set(Labels.METRIC_NAME, NAMES[series]).build());
    }
    appender.append(slots[series], time, value);
  }
}
