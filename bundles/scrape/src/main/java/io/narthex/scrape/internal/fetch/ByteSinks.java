package io.narthex.scrape.internal.fetch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Keeps a few sinks for reuse, so that a scrape does not begin with growing an array. May be used
 * from any thread.
 */
public final class ByteSinks {
  /** What one body may have, compressed and uncompressed: 64 MiB. */
  public static final int BODY_LIMIT = 64 * 1024 * 1024;

  private static final int KEPT = 8;
  private static final int LARGEST_KEPT = 4 * 1024 * 1024;

  private final int limit;
  private final BlockingQueue<ByteSink> free = new ArrayBlockingQueue<>(KEPT);

  /** A pool of sinks with this limit. */
  public ByteSinks(int limit) {
    this.limit = limit;
  }

  /** An empty sink. */
  public ByteSink take() {
    return take(limit);
  }

  /** An empty sink that takes this many bytes, or as many as all take if that is less. */
  public ByteSink take(long most) {
    ByteSink kept = free.poll();
    ByteSink sink = kept == null ? new ByteSink(limit) : kept;
    sink.limit((int) Math.min(most, limit));
    return sink;
  }

  /** Takes a sink back that nobody uses any more. */
  public void giveBack(ByteSink sink) {
    if (sink.array().length <= LARGEST_KEPT) {
      sink.clear();
      free.offer(sink);
    }
  }
}
