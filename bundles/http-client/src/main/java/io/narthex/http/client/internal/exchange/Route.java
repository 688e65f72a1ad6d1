package io.narthex.http.client.internal.exchange;

import io.vertx.core.Context;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL taken apart once for all its requests. {@link URI} gives no host for names with an
 * underscore, which container networks have, so the authority is split here.
 *
 * @param url as it is shown, without a password
 * @param authority host and port as they were written
 * @param host in lower case, without brackets
 * @param peer host and port as Vert.x wants them
 * @param uri path and query
 * @param userInfo what the URL's user and password say in an Authorization header, or null
 * @param context the event loop on which requests to it run
 */
record Route(
    String url,
    boolean https,
    String authority,
    String host,
    HostAndPort peer,
    String uri,
    @Nullable String userInfo,
    Context context) {
  /**
   * The route of a URL.
   *
   * @throws IllegalArgumentException if it cannot be requested, worded as Go words it
   */
  static Route of(URI url, Context context) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean https = scheme.equals("https");
    if (!https && !scheme.equals("http")) {
      throw new IllegalArgumentException("unsupported protocol scheme \"%s\"".formatted(scheme));
    }
    String raw = url.getRawAuthority();
    if (raw == null || raw.isEmpty()) {
      throw new IllegalArgumentException("http: no Host in request URL");
    }
    int at = raw.lastIndexOf('@');
    String authority = raw.substring(at + 1);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String name = hasPort ? authority.substring(0, colon) : authority;
    String portText = hasPort ? authority.substring(colon + 1) : "";
    int port = portText.isEmpty() ? https ? 443 : 80 : port(portText);
    String host = name.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("http: no Host in request URL");
    }
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String target = path.isEmpty() ? "/" : path;
    return new Route(
        ShownUrl.of(url.toString()),
        https,
        portText.isEmpty() && hasPort ? name : authority,
        host,
        HostAndPort.create(host, port),
        url.getRawQuery() == null ? target : target + "?" + url.getRawQuery(),
        at < 0 ? null : basic(raw.substring(0, at)),
        context);
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("invalid port \"%s\"".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private static String basic(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    byte[] pair = (decoded(user) + ":" + decoded(password)).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  int port() {
    return peer.port();
  }

  /** Host and port for messages. */
  String address() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port();
  }

  /** Never the password. */
  @Override
  public String toString() {
    return url;
  }
}
