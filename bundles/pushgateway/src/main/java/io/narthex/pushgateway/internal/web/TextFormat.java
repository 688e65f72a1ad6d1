package io.narthex.pushgateway.internal.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names the format of the exposition. It is always the text format: what asks for protobuf or
 * OpenMetrics gets text too, which every scraper reads. All names are legacy ones, so that the ways
 * to escape others make no difference.
 */
public final class TextFormat {
  private static final Set<String> ESCAPING = Set.of("allow-utf-8", "underscores", "values");

  private TextFormat() {}

  /** The content type for who sent this header. */
  public static String contentType(@Nullable String accept) {
    String escaping = "underscores";
    for (String part : accept == null ? new String[0] : accept.split(",")) {
      String asked = MediaType.parse(part).parameters().get("escaping");
      if (asked != null && ESCAPING.contains(asked)) {
        escaping = asked;
        break;
      }
    }
    return "text/plain; version=0.0.4; charset=utf-8; escaping=" + escaping;
  }
}
