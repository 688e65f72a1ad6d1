package io.narthex.api.query;

import java.time.Duration;
import java.util.Optional;

/**
 * What a caller may say about how a query runs; empty means the server's default.
 *
 * @param timeout gives up after this long, waiting for a free thread included; never above the
 *     server's
 * @param lookback how far back a selector looks for the newest sample
 * @param origin who asks
 */
public record QueryOptions(
    Optional<Duration> timeout, Optional<Duration> lookback, QueryOrigin origin) {
  /** The server's defaults, for a request. */
  public static final QueryOptions DEFAULT =
      new QueryOptions(Optional.empty(), Optional.empty(), QueryOrigin.REQUEST);

  /** The server's defaults, for a rule. */
  public static final QueryOptions RULE =
      new QueryOptions(Optional.empty(), Optional.empty(), QueryOrigin.RULE);
}
