package io.narthex.api.config;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the targets of a job are scraped, and what is done with what they expose. Upstream's keys of
 * {@code <scrape_config>} with its meaning.
 *
 * @param honorLabels whether a scraped label wins over the target's of the same name
 * @param honorTimestamps whether timestamps in the exposition are used
 * @param trackTimestampsStaleness whether series with timestamps of their own get stale markers too
 * @param enableCompression whether gzip is asked for
 * @param protocols the formats that are asked for, the best first; never empty
 * @param fallbackProtocol how an answer without a usable Content-Type is read
 * @param limits what a scrape may have
 * @param metricRelabelRules what is done with the labels of a scraped series
 * @param http how connections are made
 * @param names which names metrics and labels may have
 * @param escaping how names are asked for and made to fit: {@code allow-utf-8}, {@code
 *     underscores}, {@code dots} or {@code values}
 * @param extraMetrics whether series about limits and body size are stored ({@code
 *     extra_scrape_metrics})
 * @param histograms what is done about native histograms
 * @param failureLog the file failed scrapes are written to
 */
public record ScrapeOptions(
    boolean honorLabels,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    boolean enableCompression,
    List<ScrapeProtocol> protocols,
    Optional<ScrapeProtocol> fallbackProtocol,
    ScrapeLimits limits,
    List<RelabelRule> metricRelabelRules,
    HttpClientConfig http,
    NameValidation names,
    String escaping,
    boolean extraMetrics,
    HistogramOptions histograms,
    Optional<Path> failureLog) {
  /** Upstream's defaults. */
  public static final ScrapeOptions DEFAULT =
      new ScrapeOptions(
          false,
          true,
          false,
          true,
          ScrapeProtocol.DEFAULT,
          Optional.empty(),
          ScrapeLimits.NONE,
          List.of(),
          HttpClientConfig.DEFAULT,
          NameValidation.UTF8,
          "allow-utf-8",
          false,
          HistogramOptions.DEFAULT,
          Optional.empty());

  /** Copies the lists. */
  public ScrapeOptions {
    protocols = List.copyOf(protocols);
    metricRelabelRules = List.copyOf(metricRelabelRules);
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("a job asks for at least one format");
    }
  }

  /**
   * What is done about native histograms.
   *
   * @param scrapeNative whether they are asked for and stored
   * @param convertClassic whether classic ones are stored as native ones with custom buckets
   * @param alwaysClassic whether the classic form is stored as well
   * @param bucketLimit how many buckets one may have; 0: any number
   * @param minBucketFactor how fine its buckets may be; 0: any
   */
  public record HistogramOptions(
      boolean scrapeNative,
      boolean convertClassic,
      boolean alwaysClassic,
      long bucketLimit,
      double minBucketFactor) {
    /** Upstream's defaults. */
    public static final HistogramOptions DEFAULT = new HistogramOptions(false, false, false, 0, 0);
  }
}
