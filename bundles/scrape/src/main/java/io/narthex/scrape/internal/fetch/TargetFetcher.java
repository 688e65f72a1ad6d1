package io.narthex.scrape.internal.fetch;

import java.util.concurrent.CompletableFuture;

/**
 * Gets what one target exposes, again and again, never twice at a time. Called on the target's
 * scrape thread only, but for {@link #close}.
 */
public interface TargetFetcher extends AutoCloseable {
  /**
   * Begins to get it.
   *
   * @return completes within the target's timeout, on any thread, which must not be blocked; fails
   *     with a {@link FetchException}
   */
  CompletableFuture<Body> fetch();

  /** Gives up what is under way and what is kept open. May be called from any thread. */
  @Override
  void close();
}
