package io.narthex.api.config;

/**
 * What a scrape may have; 0: any number. More fails the whole scrape.
 *
 * @param samples how many samples, after metric relabelling
 * @param labels how many labels a series may have
 * @param labelNameLength how long a label's name may be, in bytes
 * @param labelValueLength how long a label's value may be, in bytes
 * @param bodySize how large the uncompressed body may be, in bytes
 */
public record ScrapeLimits(
    long samples, long labels, long labelNameLength, long labelValueLength, long bodySize) {
  /** No limits. */
  public static final ScrapeLimits NONE = new ScrapeLimits(0, 0, 0, 0, 0);

  /** Rejects limits below 0. */
  public ScrapeLimits {
    if (samples < 0 || labels < 0 || labelNameLength < 0 || labelValueLength < 0 || bodySize < 0) {
      throw new IllegalArgumentException("a limit is at least 0; 0 means none");
    }
  }
}
