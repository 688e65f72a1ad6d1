package io.narthex.scrape.internal.record;

import io.narthex.api.metrics.Counter;
import io.narthex.api.target.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one scrape had. */
final class ScrapeCounts {
  private static final Logger logger = LoggerFactory.getLogger(ScrapeCounts.class);

  int scraped;
  int kept;
  int seriesAdded;
  int outOfOrder;
  int duplicates;
  int outOfBounds;
  int exemplarsOutOfOrder;
  int seriesRefused;
  int slowLines;

  void clear() {
    scraped = 0;
    kept = 0;
    seriesAdded = 0;
    outOfOrder = 0;
    duplicates = 0;
    outOfBounds = 0;
    exemplarsOutOfOrder = 0;
    seriesRefused = 0;
    slowLines = 0;
  }

  /** Adds what was refused to the metrics, and logs it. */
  void tell(RecordMetrics metrics, Target target) {
    add(metrics.outOfOrder, outOfOrder, target, "error on ingesting out-of-order samples");
    add(
        metrics.duplicateTimestamp,
        duplicates,
        target,
        "error on ingesting samples with different value but same timestamp");
    add(
        metrics.outOfBounds,
        outOfBounds,
        target,
        "error on ingesting samples that are too old or are too far into the future");
    add(
        metrics.exemplarOutOfOrder,
        exemplarsOutOfOrder,
        target,
        "error on ingesting out-of-order exemplars");
    add(
        metrics.seriesRefused,
        seriesRefused,
        target,
        "the storage refused new series: it is full, or a label is longer than 65,535 characters");
    if (slowLines > 0) {
      metrics.slowPathLines.add(slowLines);
    }
  }

  private static void add(Counter counter, int number, Target target, String message) {
    if (number > 0) {
      counter.add(number);
      logger
          .atWarn()
          .addKeyValue("scrape_pool", target.pool())
          .addKeyValue("target", target.endpoint())
          .addKeyValue("num_dropped", number)
          .log(message);
    }
  }
}
