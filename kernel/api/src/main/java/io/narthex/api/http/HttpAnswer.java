package io.narthex.api.http;

import java.util.Locale;
import java.util.Map;

/**
 * What a server answered, without the body.
 *
 * @param reason the text behind the status, or {@code ""}
 * @param headers the first value of each header, by its name in lower case
 */
public record HttpAnswer(int status, String reason, Map<String, String> headers) {
  /** Copies the map. */
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** A header's first value, or {@code ""}. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }
}
