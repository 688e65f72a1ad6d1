package io.narthex.storage.internal.head;

import io.narthex.storage.internal.labels.PostingsCursor;
import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.LooseSamples;
import io.narthex.storage.internal.series.SeriesStates;

/** How many bytes would go with which age, coarsely: 1,024 steps from the oldest sample on. */
final class AgeProfile {
  private static final int STEPS = 1024;

  private final long[] bytes = new long[STEPS];
  private final long from;
  private final long step;

  private AgeProfile(HeadContents contents) {
    from = contents.minTime();
    step = Math.max(1, (contents.maxTime() - from) / STEPS + 1);
  }

  /**
   * What dropping samples would bring: full chunks by their newest sample, and all of a series that
   * has no sample from {@code live} on.
   */
  static AgeProfile of(HeadContents contents, long live) {
    AgeProfile profile = ofIdle(contents, live);
    SeriesStates states = contents.states();
    PostingsCursor all = contents.index().view().all();
    for (int series = all.next(); series != PostingsCursor.END; series = all.next()) {
      LooseSamples loose = states.loose(series);
      if (loose != null) {
        profile.add(loose, live);
      }
    }
    return profile;
  }

  /** What dropping series would bring that have no sample from {@code live} on. */
  static AgeProfile ofIdle(HeadContents contents, long live) {
    AgeProfile profile = new AgeProfile(contents);
    long bytes = contents.seriesBytes() / Math.max(1, contents.index().size());
    PostingsCursor all = contents.index().view().all();
    for (int series = all.next(); series != PostingsCursor.END; series = all.next()) {
      long last = contents.states().lastTime(series);
      if (!contents.index().isRemoved(series) && last < live) {
        profile.add(last, bytes);
      }
    }
    return profile;
  }

  private void add(LooseSamples loose, long live) {
    for (int i = 0; i < loose.fullChunks(); i++) {
      Chunk chunk = loose.fullChunk(i);
      add(chunk.maxTime(), chunk.memoryBytes());
    }
    if (loose.newestTime() < live) {
      add(loose.newestTime(), loose.idleBytes());
    }
  }

  /** Adds something that goes when all before this time goes. */
  void add(long time, long size) {
    bytes[index(time)] += size;
  }

  private int index(long time) {
    return (int) Math.clamp((Math.max(time, from) - from) / step, 0, STEPS - 1);
  }

  /** Before when all has to go so that so many bytes become free. */
  long cut(long wanted) {
    long sum = 0;
    int i = 0;
    while (i < STEPS && sum < wanted) {
      sum += bytes[i++];
    }
    return from + i * step;
  }
}
