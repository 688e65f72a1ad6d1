package io.narthex.scrape.internal.fetch;

import io.narthex.api.http.HttpClientConfig.HeaderValues;
import io.narthex.api.section.Secret;
import io.narthex.api.target.Target;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The headers that every scrape of a target sends, whatever carries it. */
public final class RequestHeaders {
  private RequestHeaders() {}

  /**
   * The headers by name.
   *
   * @param accept which formats are asked for
   */
  public static Map<String, String> of(Target target, String userAgent, String accept) {
    return Map.of(
        "User-Agent",
        userAgent,
        "Accept",
        accept,
        "Accept-Encoding",
        target.options().enableCompression() ? "gzip" : "identity",
        "X-Prometheus-Scrape-Timeout-Seconds",
        BigDecimal.valueOf(target.timeout().toMillis(), 3).stripTrailingZeros().toPlainString());
  }

  /** The values of a configured header that stand in the configuration itself. */
  public static List<String> values(HeaderValues header) {
    return Stream.concat(header.values().stream(), header.secrets().stream().map(Secret::reveal))
        .toList();
  }
}
