package io.narthex.alerting.internal.config;

import io.narthex.alerting.internal.matcher.Matchers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A node of the routing tree as the file has it; what is not given is inherited.
 *
 * @param receiver {@code ""} if not given
 * @param groupBy names of labels; empty if not given, or if {@code '...'} is
 * @param groupByAll whether {@code '...'} is given: each alert is a group of its own
 * @param matchers the deprecated forms included; in upstream's order
 * @param goesOn whether siblings after it are tried though it matches: {@code continue}
 */
public record RouteConfig(
    String receiver,
    Optional<List<String>> groupBy,
    boolean groupByAll,
    Matchers matchers,
    boolean goesOn,
    List<String> muteTimeIntervals,
    List<String> activeTimeIntervals,
    Optional<Duration> groupWait,
    Optional<Duration> groupInterval,
    Optional<Duration> repeatInterval,
    List<RouteConfig> routes) {
  /** Copies the lists. */
  public RouteConfig {
    groupBy = groupBy.map(List::copyOf);
    muteTimeIntervals = List.copyOf(muteTimeIntervals);
    activeTimeIntervals = List.copyOf(activeTimeIntervals);
    routes = List.copyOf(routes);
  }
}
