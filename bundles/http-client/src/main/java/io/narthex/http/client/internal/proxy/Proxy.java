package io.narthex.http.client.internal.proxy;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A proxy.
 *
 * @param user the user in the URL, or null
 * @param password the password in the URL, or {@code ""}
 */
public record Proxy(ProxyType type, String host, int port, @Nullable String user, String password) {
  /** As Go's; each request has a limit of its own besides. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /**
   * The proxy that a URL names.
   *
   * @throws IllegalArgumentException if it names none
   */
  static Proxy of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    ProxyType type =
        switch (scheme) {
          case "http" -> ProxyType.HTTP;
          case "https" -> ProxyType.HTTPS;
          case "socks5", "socks5h" -> ProxyType.SOCKS5;
          default ->
              throw new IllegalArgumentException(
                  "a proxy's URL begins with http, https or socks5, got \"%s\"".formatted(scheme));
        };
    String host = url.getHost();
    if (host == null || host.isEmpty()) {
      throw new IllegalArgumentException("a proxy's URL has a host");
    }
    int port = url.getPort() >= 0 ? url.getPort() : defaultPort(type);
    String[] user =
        url.getRawUserInfo() == null ? new String[0] : url.getRawUserInfo().split(":", 2);
    return new Proxy(
        type,
        host.replaceAll("^\\[|]$", ""),
        port,
        user.length > 0 ? decoded(user[0]) : null,
        user.length > 1 ? decoded(user[1]) : "");
  }

  /** As Go takes a variable: without a scheme it is http. Empty if it is no proxy. */
  static Optional<Proxy> ofVariable(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(URI.create(value.contains("://") ? value : "http://" + value)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int defaultPort(ProxyType type) {
    return switch (type) {
      case HTTPS -> 443;
      case SOCKS4, SOCKS5 -> 1080;
      default -> 80;
    };
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether it is reached by TLS. */
  public boolean isTls() {
    return type == ProxyType.HTTPS;
  }

  /** The same for Vert.x. */
  public ProxyOptions options() {
    ProxyOptions options =
        new ProxyOptions().setType(type).setHost(host).setPort(port).setConnectTimeout(LIMIT);
    if (user == null) {
      return options;
    }
    if (type == ProxyType.SOCKS5) {
      return options.setUsername(user).setPassword(password);
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return options.setProxyAuthorization("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "%s proxy %s:%d".formatted(type, host, port);
  }
}
