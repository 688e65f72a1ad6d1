package io.narthex.storage.internal.head;

import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.LooseSamples;
import io.narthex.storage.internal.series.Postings;
import io.narthex.storage.internal.series.Series;

/** How many bytes would go with which age, coarsely: 1,024 steps from the oldest sample on. */
final class AgeProfile {
  private static final int STEPS = 1024;

  private final long[] bytes = new long[STEPS];
  private final long from;
  private final long step;

  private AgeProfile(long minTime, long maxTime) {
    from = minTime;
    step = Math.max(1, (maxTime - minTime) / STEPS + 1);
  }

  /**
   * What dropping samples would bring: full chunks by their newest sample, and all of a series that
   * has no sample from {@code live} on.
   */
  static AgeProfile of(Postings.Slice series, long minTime, long maxTime, long live) {
    AgeProfile profile = new AgeProfile(minTime, maxTime);
    for (int i = 0; i < series.size(); i++) {
      profile.add(series.items()[i], live);
    }
    return profile;
  }

  /** What dropping series would bring that have no sample from {@code live} on. */
  static AgeProfile ofIdle(
      Postings.Slice series, long minTime, long maxTime, long live, long bytesOfSeries) {
    AgeProfile profile = new AgeProfile(minTime, maxTime);
    for (int i = 0; i < series.size(); i++) {
      Series each = series.items()[i];
      if (!each.removed() && each.lastTime() < live) {
        profile.bytes[profile.index(each.lastTime())] += bytesOfSeries;
      }
    }
    return profile;
  }

  private void add(Series series, long live) {
    LooseSamples loose = series.loose();
    for (int i = 0; loose != null && i < loose.fullChunks(); i++) {
      Chunk chunk = loose.fullChunk(i);
      add(chunk.maxTime(), chunk.memoryBytes());
    }
    if (!series.removed() && series.lastTime() < live) {
      add(series.lastTime(), series.idleBytes());
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
