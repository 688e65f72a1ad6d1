package io.narthex.storage.internal.head;

import io.narthex.storage.internal.labels.PostingsCursor;

/** Drops what is old from a head. Guarded by the head's write lock. */
final class HeadTrimming {
  /** A series that had a sample this lately is not removed to make room. */
  private static final long LIVE_MILLIS = 60 * 60 * 1000;

  private final HeadContents contents;

  HeadTrimming(HeadContents contents) {
    this.contents = contents;
  }

  /** Drops what holds only older samples, and the series that have no newer one. */
  Dropped before(long time) {
    return contents.minTime() >= time ? Dropped.NOTHING : drop(time, time, 8);
  }

  /** Down to a size; see {@link Head#shrinkTo}. */
  Dropped toSize(long bytes) {
    long excess = contents.bytes() - bytes;
    if (excess <= 0) {
      return Dropped.NOTHING;
    }
    long live = liveFrom();
    AgeProfile profile = AgeProfile.of(contents, live);
    contents.panels().addTo(profile);
    long cut = profile.cut(excess);
    Dropped dropped = drop(cut, Math.min(cut, live), Integer.MAX_VALUE);
    return contents.bytes() <= bytes ? dropped : dropped.plus(keepNewest());
  }

  /** Series only, down to a size of theirs; see {@link Head#shrinkSeriesTo}. */
  Dropped seriesToSize(long bytes) {
    long excess = contents.seriesBytes() - bytes;
    if (excess <= 0 || contents.index().size() == 0) {
      return Dropped.NOTHING;
    }
    long live = liveFrom();
    long cut = AgeProfile.ofIdle(contents, live).cut(excess);
    return drop(Long.MIN_VALUE, Math.min(cut, live), Integer.MAX_VALUE);
  }

  private long liveFrom() {
    return Math.max(contents.maxTime(), Long.MIN_VALUE + LIVE_MILLIS) - LIVE_MILLIS;
  }

  /**
   * Drops samples and series.
   *
   * @param worth the index is made anew if at least one in so many series of it was removed
   */
  private Dropped drop(long samplesBefore, long seriesBefore, int worth) {
    int seriesCount = contents.index().size();
    long chunkCount = contents.chunks();
    contents.panels().dropBefore(samplesBefore);
    long oldest = contents.panels().firstTime();
    PostingsCursor all = contents.index().view().all();
    for (int series = all.next(); series != PostingsCursor.END; series = all.next()) {
      if (contents.index().isRemoved(series)) {
        continue;
      }
      if (contents.states().lastTime(series) < seriesBefore) {
        contents.remove(series);
      } else {
        contents.dropChunksBefore(series, samplesBefore);
        oldest = Math.min(oldest, contents.states().firstTime(series));
      }
    }
    contents.minTime(oldest);
    int left = contents.index().size();
    int gone = contents.index().removedSize();
    if (gone > 0 && gone >= (left + gone) / worth) {
      contents.cleanUp();
    }
    return new Dropped(seriesCount - left, chunkCount - contents.chunks());
  }

  private Dropped keepNewest() {
    long before = contents.chunks();
    contents.panels().keepNewest();
    long oldest = Long.MAX_VALUE;
    PostingsCursor all = contents.index().view().all();
    for (int series = all.next(); series != PostingsCursor.END; series = all.next()) {
      if (!contents.index().isRemoved(series)) {
        contents.keepNewest(series);
        oldest = Math.min(oldest, contents.states().firstTime(series));
      }
    }
    contents.minTime(oldest);
    return new Dropped(0, before - contents.chunks());
  }
}
