package io.narthex.http.api.internal.request;

import java.time.Instant;

/**
 * What a request to {@code /query_exemplars} asks for. Parameters are checked in upstream's order,
 * so that of several errors the same one is told; the expression is read later.
 *
 * @param start in ms since 1970, the API's earliest time if none was given
 * @param end in ms since 1970, the API's latest time if none was given
 */
public record ExemplarRequest(String query, long start, long end) {
  /** Reads a request. */
  public static ExemplarRequest of(Parameters parameters) throws BadParameterException {
    Instant start = SeriesRequest.time(parameters, "start", Times.MIN);
    Instant end = SeriesRequest.time(parameters, "end", Times.MAX);
    if (end.isBefore(start)) {
      throw new BadParameterException("end timestamp must not be before start timestamp");
    }
    return new ExemplarRequest(parameters.get("query"), Times.toMillis(start), Times.toMillis(end));
  }
}
