package io.narthex.api.http;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Secret;
import io.narthex.api.section.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads upstream's keys of proxies, which stand among others. */
final class ProxySection {
  private static final Set<String> SCHEMES = Set.of("http", "https", "socks5", "socks5h");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[^\\[\\]]+]|[^\\[\\]:]+)(:(?<port>[0-9]{0,5}))?");

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
      Optional<URI> url = text.isEmpty() ? Optional.empty() : Optional.of(new URI(text.get()));
      url.flatMap(ProxySection::defect)
          .ifPresent(
              defect ->
                  section.report(
                      section.valuePosition("proxy_url"),
                      "proxy_url in %s %s; it must be like http://host:port"
                          .formatted(section.name(), defect)));
      return url;
    } catch (URISyntaxException e) {
      section.report(
          section.valuePosition("proxy_url"),
          "proxy_url in %s is not a URL; it must be like http://host:port"
              .formatted(section.name()));
      return Optional.empty();
    }
  }

  /** {@link URI} gives no host for names with an underscore, so the authority is split here. */
  private static Optional<String> defect(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      return Optional.of("does not begin with http, https or socks5");
    }
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    Matcher address = ADDRESS.matcher(authority.substring(authority.lastIndexOf('@') + 1));
    if (!address.matches()) {
      return Optional.of("has no host, or its port is no number");
    }
    String port = address.group("port");
    return port != null && !port.isEmpty() && Integer.parseInt(port) > 65535
        ? Optional.of("has a port above 65535")
        : Optional.empty();
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
