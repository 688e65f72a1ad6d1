package io.narthex.discovery.core.internal.target;

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
      String base =
          isPlain(address) && isPlain(absolutePath)
              ? scheme + "://" + address + absolutePath
              : new URI(scheme, address, absolutePath, null, null).toASCIIString();
      return URI.create(params.isEmpty() ? base : base + "?" + query(params));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new BadTargetException(
          "address \"%s\" with path \"%s\" makes no URL; an address is host:port"
              .formatted(address, path));
    }
  }

  /** Whether nothing has to be escaped, as nearly always: escaping takes most of the time. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && !(c >= '-' && c <= ':') && c != '_') {
        return false;
      }
    }
    return true;
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
