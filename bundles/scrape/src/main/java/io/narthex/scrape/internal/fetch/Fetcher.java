package io.narthex.scrape.internal.fetch;

import io.narthex.api.target.Target;
import java.util.concurrent.CompletableFuture;

/** Gets what a target exposes. May be used from any thread. */
public interface Fetcher {
  /**
   * Begins to get it.
   *
   * @return completes within the target's timeout, on a thread that must not be blocked; fails with
   *     a {@link FetchException}
   */
  CompletableFuture<Body> fetch(Target target);
}
