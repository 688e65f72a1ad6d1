package io.narthex.scrape.internal.loop;

import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.Appender;
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
    "scrape_series_added"
  };

  private final Labels targetLabels;
  private final int[] slots = new int[NAMES.length];

  ReportSeries(Labels targetLabels) {
    this.targetLabels = targetLabels;
    forgetSlots();
  }

  void forgetSlots() {
    Arrays.fill(slots, SeriesTable.NONE);
  }

  /**
   * Appends their samples. What the storage refuses is not counted: a target that came back may
   * have newer ones.
   */
  void append(Appender appender, long time, boolean up, double seconds, ScrapeCounts counts) {
    append(appender, 0, time, up ? 1 : 0);
    append(appender, 1, time, seconds);
    append(appender, 2, time, counts.scraped);
    append(appender, 3, time, counts.kept);
    append(appender, 4, time, counts.seriesAdded);
  }

  void appendStale(Appender appender, long time) {
    for (int i = 0; i < NAMES.length; i++) {
      append(appender, i, time, StaleMarker.VALUE);
    }
  }

  private void append(Appender appender, int series, long time, double value) {
    if (slots[series] == SeriesTable.NONE) {
      slots[series] =
          appender.slot(targetLabels.toBuilder().set(Labels.METRIC_NAME, NAMES[series]).build());
    }
    appender.append(slots[series], time, value);
  }
}
