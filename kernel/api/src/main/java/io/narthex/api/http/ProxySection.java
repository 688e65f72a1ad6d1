package io.narthex.api.http;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Secret;
import io.narthex.api.section.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads upstream's keys of proxies, which stand among others. */
final class ProxySection {
  private ProxySection() {}

  static HttpClientConfig.ProxyConfig read(Section section) {
    boolean fromEnvironment = section.bool("proxy_from_environment", false);
    String noProxy = section.string("no_proxy").orElse("");
    Map<String, List<Secret>> connectHeaders = connectHeaders(section);
    boolean hasUrl = section.has("proxy_url");
    if (!connectHeaders.isEmpty() && !fromEnvironment && !hasUrl) {
      section.report(
          section.position("proxy_connect_header"),
          "proxy_connect_header in %s needs proxy_url or proxy_from_environment"
              .formatted(section.name()));
    }
    if (fromEnvironment) {
      refuse(section, "proxy_url");
      refuse(section, "no_proxy");
    } else if (!noProxy.isEmpty() && section.value("proxy_url").isEmpty()) {
      section.report(
          section.position("no_proxy"), "no_proxy in %s needs proxy_url".formatted(section.name()));
    }
    return new HttpClientConfig.ProxyConfig(url(section), noProxy, fromEnvironment, connectHeaders);
  }

  private static void refuse(Section section, String key) {
    if (section.has(key)) {
      section.report(
          section.position(key),
          "%s and proxy_from_environment exclude each other in %s; keep one of them"
              .formatted(key, section.name()));
    }
  }

  /** The text is not quoted in messages since it may hold a password. */
  private static Optional<URI> url(Section section) {
    Optional<String> text = section.string("proxy_url").filter(t -> !t.isEmpty());
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new URI(text.get()));
    } catch (URISyntaxException e) {
      section.report(
          section.valuePosition("proxy_url"),
          "proxy_url in %s is not a URL; it must be like http://host:port"
              .formatted(section.name()));
      return Optional.empty();
    }
  }

  private static Map<String, List<Secret>> connectHeaders(Section section) {
    Map<String, List<Secret>> headers = new LinkedHashMap<>();
    Optional<Section> all = section.section("proxy_connect_header");
    for (ConfigNode.Entry entry : section.mapping("proxy_connect_header")) {
      Section header = all.orElseThrow();
      headers.put(
          entry.key(),
          header.list(entry.key()).stream()
              .flatMap(item -> header.secret(item, "an item of " + entry.key()).stream())
              .toList());
    }
    return headers;
  }
}
