package io.narthex.http.client.internal.proxy;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern URL =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#]*)(?s:[/?#].*)?");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<host>\\[[^\\[\\]\\s]+]|[^\\[\\]:\\s\\p{Cntrl}<>\"\\\\^`{|}]+)(:(?<port>[0-9]{0,5}))?");

  /**
   * The proxy that a URL names. It is split here since {@link java.net.URI} gives no host for names
   * with an underscore and refuses characters that passwords have. Messages tell nothing of the
   * URL: it may hold a password.
   *
   * @throws IllegalArgumentException if it names none
   */
  static Proxy of(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a proxy's URL is like http://host:port");
    }
    ProxyType type = type(parts.group("scheme"));
    String authority = parts.group("authority");
    int at = authority.lastIndexOf('@');
    Matcher address = ADDRESS.matcher(authority.substring(at + 1));
    if (!address.matches()) {
      throw new IllegalArgumentException("a proxy's URL has a host and, if any, a number as port");
    }
    String host = address.group("host").replaceAll("^\\[|]$", "");
    int port = port(address.group("port"), type);
    if (at < 0) {
      return new Proxy(type, host, port, null, "");
    }
    String[] user = authority.substring(0, at).split(":", 2);
    return new Proxy(type, host, port, decoded(user[0]), user.length > 1 ? decoded(user[1]) : "");
  }

  /** As Go takes a variable: without a scheme it is http. */
  static Proxy ofVariable(String value) {
    return of(value.contains("://") ? value : "http://" + value);
  }

  private static ProxyType type(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> ProxyType.HTTP;
      case "https" -> ProxyType.HTTPS;
      case "socks5", "socks5h" -> ProxyType.SOCKS5;
      default ->
          throw new IllegalArgumentException("a proxy's URL begins with http, https or socks5");
    };
  }

  private static int port(@Nullable String text, ProxyType type) {
    int port = text == null || text.isEmpty() ? defaultPort(type) : Integer.parseInt(text);
    if (port > 65535) {
      throw new IllegalArgumentException("a proxy's port is at most 65535");
    }
    return port;
  }

  private static int defaultPort(ProxyType type) {
    return switch (type) {
      case HTTPS -> 443;
      case SOCKS4, SOCKS5 -> 1080;
      default -> 80;
    };
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException repeatsIt) {
      throw new IllegalArgumentException(
          "a % in the user or password of a proxy's URL is written %25");
    }
  }

  /** Whether it is reached by TLS. */
  public boolean isTls() {
    return type == ProxyType.HTTPS;
  }

  /** Whether it only carries bytes, so that it is spoken past as if it were not there. */
  public boolean isTunnel() {
    return type == ProxyType.SOCKS5;
  }

  /** The same for Vert.x. */
  public ProxyOptions options() {
    ProxyOptions options =
        new ProxyOptions().setType(type).setHost(host).setPort(port).setConnectTimeout(LIMIT);
    if (user == null) {
      return options;
    }
    if (isTunnel()) {
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
