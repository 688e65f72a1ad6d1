package io.narthex.api.target;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import java.time.Duration;

/**
 * One thing to scrape, with all that is needed to do so. Equal targets are the same target: a list
 * that holds an equal one again leaves its scrape loop alone.
 *
 * @param pool the scrape pool, which is the job name of its scrape config
 * @param labels what every scraped series gets, {@code job} and {@code instance} among them
 * @param discoveredLabels the labels before relabelling
 * @param interval from scrape to scrape
 * @param timeout of one scrape, never above the interval
 * @param options how it is scraped; targets of a pool share one value
 */
public record Target(
    String pool,
    Labels labels,
    Labels discoveredLabels,
    TargetEndpoint endpoint,
    Duration interval,
    Duration timeout,
    ScrapeOptions options) {
  /** Rejects times that make no schedule. */
  public Target {
    if (interval.toMillis() <= 0 || timeout.toMillis() <= 0 || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "a target's interval and timeout are at least 1ms and the timeout is not above the interval,"
              + " got %s and %s".formatted(interval, timeout));
    }
  }
}
