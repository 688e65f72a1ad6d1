package io.narthex.api.target;

/**
 * A target with how its last scrape went.
 *
 * @param lastScrapeMillis when it began, in ms since 1970; 0 before the first
 * @param lastDurationSeconds how long it took
 * @param lastError why it failed, or {@code ""}
 */
public record ScrapedTarget(
    Target target,
    TargetHealth health,
    long lastScrapeMillis,
    double lastDurationSeconds,
    String lastError) {}
