package io.narthex.api.http;

import io.narthex.api.section.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How connections to the outside are made, with upstream's keys and meaning (its documentation:
 * configuration, {@code <http_config>}). Equal values make equal connections.
 *
 * @param authorization how requests are authorized
 * @param tls how TLS is spoken
 * @param proxy which proxy is used
 * @param followRedirects whether redirects are followed; credentials go to the first host only
 * @param enableHttp2 whether HTTP/2 may be spoken over TLS
 * @param headers what is sent besides, by header name
 */
public record HttpClientConfig(
    HttpAuthorization authorization,
    TlsConfig tls,
    ProxyConfig proxy,
    boolean followRedirects,
    boolean enableHttp2,
    Map<String, HeaderValues> headers) {
  /** Upstream's defaults. */
  public static final HttpClientConfig DEFAULT =
      new HttpClientConfig(
          new HttpAuthorization.None(), TlsConfig.DEFAULT, ProxyConfig.NONE, true, true, Map.of());

  /** Copies the map. */
  public HttpClientConfig {
    headers = Map.copyOf(headers);
  }

  /** The values of one header, sent in this order. */
  public record HeaderValues(List<String> values, List<Secret> secrets, List<Path> files) {
    /** Copies the lists. */
    public HeaderValues {
      values = List.copyOf(values);
      secrets = List.copyOf(secrets);
      files = List.copyOf(files);
    }
  }

  /**
   * Which proxy is used.
   *
   * @param url the proxy, if one is named
   * @param noProxy hosts, domains, addresses and networks that are reached directly,
   *     comma-separated
   * @param fromEnvironment whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY decide
   * @param connectHeaders what CONNECT requests carry
   */
  public record ProxyConfig(
      Optional<URI> url,
      String noProxy,
      boolean fromEnvironment,
      Map<String, List<Secret>> connectHeaders) {
    /** No proxy. */
    public static final ProxyConfig NONE = new ProxyConfig(Optional.empty(), "", false, Map.of());

    /** Copies the map. */
    public ProxyConfig {
      connectHeaders = Map.copyOf(connectHeaders);
    }
  }
}
