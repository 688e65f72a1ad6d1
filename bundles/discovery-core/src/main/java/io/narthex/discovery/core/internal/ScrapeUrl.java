package io.narthex.discovery.core.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Builds the URL of a target as upstream writes it: parameters sorted by name, spaces as {@code +}.
 */
final class ScrapeUrl {
  private ScrapeUrl() {}

  static URI of(String scheme, String address, String path, Map<String, List<String>> params)
      throws BadTargetException {
    try {
      String absolutePath = path.isEmpty() || path.startsWith("/") ? path : "/" + path;
      String base = new URI(scheme, address, absolutePath, null, null).toASCIIString();
      return URI.create(params.isEmpty() ? base : base + "?" + query(params));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new BadTargetException(
          "address \"%s\" with path \"%s\" makes no URL; an address is host:port"
              .formatted(address, path));
    }
  }

  private static String query(Map<String, List<String>> params) {
    return new TreeMap<>(params)
        .entrySet().stream()
            .flatMap(
                p -> p.getValue().stream().map(value -> encode(p.getKey()) + "=" + encode(value)))
            .collect(Collectors.joining("&"));
  }

  /**
   * Differs from {@link URLEncoder} in two characters, and label values and URLs must not differ
   * from upstream's.
   */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
