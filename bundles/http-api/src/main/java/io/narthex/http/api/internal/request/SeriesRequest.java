package io.narthex.http.api.internal.request;

import java.time.Instant;
import java.util.List;

/**
 * What a request about series and their labels asks for. Parameters are checked in upstream's
 * order, so that of several errors the same one is told; the selectors are read later.
 *
 * @param selectors the values of {@code match[]}, not yet parsed
 * @param start in ms since 1970, the API's earliest time if none was given
 * @param end in ms since 1970, the API's latest time if none was given
 * @param limit how many results are sent; 0 for all
 */
public record SeriesRequest(List<String> selectors, long start, long end, long limit) {
  /** The parameter with the selectors. */
  public static final String MATCH = "match[]";

  private static final long MIN = Times.toMillis(Times.MIN);
  private static final long MAX = Times.toMillis(Times.MAX);

  /** Copies the list. */
  public SeriesRequest {
    selectors = List.copyOf(selectors);
  }

  /** Reads a request that needs no selector. */
  public static SeriesRequest of(Parameters parameters) throws BadParameterException {
    long limit = QueryRequest.limit(parameters);
    long start = Times.toMillis(time(parameters, "start", Times.MIN));
    long end = Times.toMillis(time(parameters, "end", Times.MAX));
    return new SeriesRequest(parameters.all(MATCH), start, end, limit);
  }

  /** Reads a request that needs a selector, and that upstream reads strictly. */
  public static SeriesRequest ofSeries(Parameters parameters) throws BadParameterException {
    if (parameters.problem().isPresent()) {
      throw new BadParameterException("error parsing form values: " + parameters.problem().get());
    }
    if (parameters.all(MATCH).isEmpty()) {
      throw new BadParameterException("no match[] parameter provided");
    }
    return of(parameters);
  }

  /** Whether it asks for less than all time. */
  public boolean isRanged() {
    return start != MIN || end != MAX;
  }

  /** The time of a parameter, or another if there is none. */
  static Instant time(Parameters parameters, String name, Instant missing)
      throws BadParameterException {
    String text = parameters.get(name);
    if (text.isEmpty()) {
      return missing;
    }
    try {
      return Times.parse(text);
    } catch (UnreadableException e) {
      throw BadParameterException.of(
          name, "invalid time value for '%s': %s".formatted(name, e.getMessage()));
    }
  }
}
