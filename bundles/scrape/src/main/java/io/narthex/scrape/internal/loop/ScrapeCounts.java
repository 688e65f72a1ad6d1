package io.narthex.scrape.internal.loop;

/** What one scrape had. */
final class ScrapeCounts {
  int scraped;
  int kept;
  int seriesAdded;
  int outOfOrder;
  int duplicates;
  int outOfBounds;
  int seriesRefused;
  int slowLines;

  void clear() {
    scraped = 0;
    kept = 0;
    seriesAdded = 0;
    outOfOrder = 0;
    duplicates = 0;
    outOfBounds = 0;
    seriesRefused = 0;
    slowLines = 0;
  }
}
