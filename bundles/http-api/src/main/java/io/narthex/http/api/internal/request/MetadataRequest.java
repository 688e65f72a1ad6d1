package io.narthex.http.api.internal.request;

/**
 * What a request about metadata asks for.
 *
 * @param metric the family, or {@code ""} for all
 * @param limit how many results are sent; below 0: all
 * @param limitPerMetric how many descriptions of one family are sent; 0 or below: all
 * @param matchTarget a selector of targets, not yet parsed, or {@code ""} for all
 */
public record MetadataRequest(String metric, long limit, long limitPerMetric, String matchTarget) {
  /** Reads a request of {@code /metadata}. */
  public static MetadataRequest of(Parameters parameters) throws BadParameterException {
    return new MetadataRequest(
        parameters.get("metric"),
        number(parameters, "limit"),
        number(parameters, "limit_per_metric"),
        "");
  }

  /** Reads a request of {@code /targets/metadata}. */
  public static MetadataRequest ofTargets(Parameters parameters) throws BadParameterException {
    return new MetadataRequest(
        parameters.get("metric"), number(parameters, "limit"), -1, parameters.get("match_target"));
  }

  private static long number(Parameters parameters, String name) throws BadParameterException {
    String text = parameters.get(name);
    if (text.isEmpty()) {
      return -1;
    }
    try {
      return GoNumbers.parseInt(text);
    } catch (UnreadableException ignored) {
      throw new BadParameterException(name + " must be a number");
    }
  }
}
