package io.narthex.scrape.internal.plain;

import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.SecretSource;
import io.narthex.scrape.internal.fetch.RequestHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the request for a target, once. */
final class RequestText {
  private RequestText() {}

  /**
   * The bytes of the request.
   *
   * @param headers what every scrape of the target sends
   * @throws IllegalArgumentException if a header holds what no header may
   */
  static byte[] of(URI url, Map<String, String> headers, HttpClientConfig config) {
    StringBuilder text = new StringBuilder(512);
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    text.append("GET ").append(path);
    if (url.getRawQuery() != null) {
      text.append('?').append(url.getRawQuery());
    }
    text.append(" HTTP/1.1\r\n");
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    config.headers().forEach((name, values) -> all.put(name, RequestHeaders.values(values)));
    authorization(config.authorization(), all);
    header(text, "Host", url.getRawAuthority());
    all.forEach((name, values) -> values.forEach(value -> header(text, name, value)));
    return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void authorization(HttpAuthorization how, Map<String, List<String>> headers) {
    switch (how) {
      case HttpAuthorization.None none -> {}
      case HttpAuthorization.Basic basic -> {
        String pair =
            basic.username().map(RequestText::inline).orElse("")
                + ":"
                + basic.password().map(RequestText::inline).orElse("");
        headers.put(
            "Authorization",
            List.of(
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
      }
      case HttpAuthorization.Credentials token ->
          headers.put(
              "Authorization", List.of(token.type() + " " + inline(token.credentials()).strip()));
      case HttpAuthorization.OAuth2 oauth ->
          throw new IllegalArgumentException("OAuth 2.0 needs more than a plain request");
    }
  }

  private static String inline(SecretSource source) {
    if (source instanceof SecretSource.Inline given) {
      return given.secret().reveal();
    }
    throw new IllegalArgumentException("a secret from a file needs more than a plain request");
  }

  private static void header(StringBuilder text, String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7f) {
        throw new IllegalArgumentException(
            "net/http: invalid header field value for \"%s\"".formatted(name));
      }
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }
}
