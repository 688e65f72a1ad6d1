package io.narthex.api.target;

/** What the last scrape of a target said. */
public enum TargetHealth {
  /** Not scraped yet. */
  UNKNOWN,
  /** The last scrape went well. */
  UP,
  /** The last scrape failed. */
  DOWN
}
