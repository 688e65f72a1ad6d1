package io.narthex.http.api.internal.request;

import io.narthex.api.query.Query;
import io.narthex.api.query.QueryOptions;
import io.narthex.api.query.QueryOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a request to {@code /query} or {@code /query_range} asks for. Parameters are checked in
 * upstream's order, so that of several errors the same one is told.
 *
 * @param limit how many series are sent; 0 for all
 * @param warnings what is said beside the result about the request itself
 */
public record QueryRequest(Query query, long limit, List<String> warnings) {
  /** Upstream's: enough for a week by minutes or a year by hours. */
  private static final int MAX_POINTS = 11_000;

  private static final String NO_STATS =
      "query statistics (parameter \"stats\") are not collected by this version";

  /** Copies the list. */
  public QueryRequest {
    warnings = List.copyOf(warnings);
  }

  /** Reads a request for one time; without one that is {@code nowMillis}. */
  public static QueryRequest instant(Parameters parameters, long nowMillis)
      throws BadParameterException {
    long limit = limit(parameters);
    long time = nowMillis;
    if (!parameters.get("time").isEmpty()) {
      try {
        time = Times.toMillis(Times.parse(parameters.get("time")));
      } catch (UnreadableException e) {
        throw BadParameterException.of("time", "invalid time value for 'time': " + e.getMessage());
      }
    }
    Query query = new Query.Instant(parameters.get("query"), time, options(parameters));
    return new QueryRequest(query, limit, warnings(parameters));
  }

  /** Reads a request for a range of times. */
  public static QueryRequest range(Parameters parameters) throws BadParameterException {
    long limit = limit(parameters);
    Instant start = time(parameters, "start");
    Instant end = time(parameters, "end");
    if (end.isBefore(start)) {
      throw BadParameterException.of("end", "end timestamp must not be before start time");
    }
    long stepNanos = duration(parameters, "step");
    checkStep(stepNanos, start, end);
    Query query =
        new Query.Range(
            parameters.get("query"),
            Times.toMillis(start),
            Times.toMillis(end),
            stepNanos / 1_000_000,
            options(parameters));
    return new QueryRequest(query, limit, warnings(parameters));
  }

  private static void checkStep(long stepNanos, Instant start, Instant end)
      throws BadParameterException {
    if (stepNanos <= 0) {
      throw BadParameterException.of(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if (nanosBetween(start, end) / stepNanos > MAX_POINTS) {
      throw new BadParameterException(
          "exceeded maximum resolution of 11,000 points per timeseries."
              + " Try decreasing the query resolution (?step=XX)");
    }
    // Upstream goes on with 0 ms and fails inside.
    if (stepNanos < 1_000_000) {
      throw BadParameterException.of("step", "query resolution steps are at least 1ms");
    }
  }

  /** As Go's Sub: stops at the biggest number. */
  private static long nanosBetween(Instant start, Instant end) {
    try {
      return Duration.between(start, end).toNanos();
    } catch (ArithmeticException ignored) {
      return Long.MAX_VALUE;
    }
  }

  /** How many of what is found are sent; 0 for all. */
  static long limit(Parameters parameters) throws BadParameterException {
    String text = parameters.get("limit");
    if (text.isEmpty()) {
      return 0;
    }
    try {
      long limit = GoNumbers.parseInt(text);
      if (limit < 0) {
        throw BadParameterException.of("limit", "limit must be non-negative");
      }
      return limit;
    } catch (UnreadableException e) {
      throw BadParameterException.of("limit", e.getMessage());
    }
  }

  private static Instant time(Parameters parameters, String name) throws BadParameterException {
    try {
      return Times.parse(parameters.get(name));
    } catch (UnreadableException e) {
      throw BadParameterException.of(name, e.getMessage());
    }
  }

  private static long duration(Parameters parameters, String name) throws BadParameterException {
    try {
      return Durations.parseNanos(parameters.get(name));
    } catch (UnreadableException e) {
      throw BadParameterException.of(name, e.getMessage());
    }
  }

  private static QueryOptions options(Parameters parameters) throws BadParameterException {
    Optional<Duration> timeout = Optional.empty();
    if (!parameters.get("timeout").isEmpty()) {
      timeout = Optional.of(Duration.ofNanos(Math.max(0, duration(parameters, "timeout"))));
    }
    return new QueryOptions(timeout, lookback(parameters), QueryOrigin.REQUEST);
  }

  private static Optional<Duration> lookback(Parameters parameters) throws BadParameterException {
    String text = parameters.get("lookback_delta");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long nanos = Durations.parseNanos(text);
      return nanos <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    } catch (UnreadableException e) {
      throw new BadParameterException("error parsing lookback delta duration: " + e.getMessage());
    }
  }

  private static List<String> warnings(Parameters parameters) {
    String stats = parameters.get("stats");
    return switch (stats) {
      case "" -> List.of();
      case "true", "all" -> List.of(NO_STATS);
      default ->
          List.of(
              NO_STATS,
              ("value %s for parameter \"stats\" is deprecated and will be rejected in the next"
                      + " major release, use \"true\" or \"all\"")
                  .formatted(GoQuote.quote(stats)));
    };
  }
}
