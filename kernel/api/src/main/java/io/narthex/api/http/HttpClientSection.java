package io.narthex.api.http;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Secret;
import io.narthex.api.section.Section;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads upstream's keys of HTTP clients ({@code basic_auth}, {@code authorization}, {@code oauth2},
 * {@code bearer_token}, {@code bearer_token_file}, {@code tls_config}, {@code follow_redirects},
 * {@code enable_http2}, {@code proxy_*}, {@code http_headers}) from a section that may have other
 * keys as well. What is wrong is reported to the section.
 */
public final class HttpClientSection {
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-prometheus-scrape-timeout-seconds",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private final Section section;

  private HttpClientSection(Section section) {
    this.section = section;
  }

  /** Reads the keys; HTTP/2 is enabled where nothing else is said. */
  public static HttpClientConfig read(Section section) {
    return read(section, true);
  }

  /**
   * Reads the keys.
   *
   * @param http2 whether HTTP/2 is enabled where nothing else is said
   */
  public static HttpClientConfig read(Section section, boolean http2) {
    return new HttpClientSection(section).read(http2);
  }

  /** Reads a {@code tls_config} that stands elsewhere than among the keys of an HTTP client. */
  public static TlsConfig tls(Section tlsConfig) {
    return TlsSection.read(tlsConfig);
  }

  private HttpClientConfig read(boolean http2) {
    section.exclusive("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file");
    return new HttpClientConfig(
        authorization(),
        section.section("tls_config").map(TlsSection::read).orElse(TlsConfig.DEFAULT),
        ProxySection.read(section),
        section.bool("follow_redirects", !section.isNull("follow_redirects")),
        section.bool("enable_http2", http2 && !section.isNull("enable_http2")),
        headers());
  }

  private HttpAuthorization authorization() {
    Optional<HttpAuthorization> basic = section.section("basic_auth").map(this::basic);
    Optional<HttpAuthorization> credentials =
        section.section("authorization").map(this::credentials);
    Optional<HttpAuthorization> oauth2 = section.section("oauth2").map(OAuth2Section::read);
    Optional<HttpAuthorization> bearer =
        SecretSection.source(section, "bearer_token", "bearer_token_file")
            .filter(s -> !s.equals(SecretSection.NOTHING))
            .map(source -> new HttpAuthorization.Credentials("Bearer", source));
    return basic
        .or(() -> credentials)
        .or(() -> oauth2)
        .or(() -> bearer)
        .orElseGet(HttpAuthorization.None::new);
  }

  private HttpAuthorization basic(Section basic) {
    basic.exclusive("username", "username_file", "username_ref");
    basic.exclusive("password", "password_file", "password_ref");
    SecretSection.refuseReferences(basic, "username_ref", "password_ref");
    HttpAuthorization result =
        new HttpAuthorization.Basic(
            SecretSection.source(basic, "username", "username_file"),
            SecretSection.source(basic, "password", "password_file"));
    basic.refuseOthers();
    return result;
  }

  private HttpAuthorization credentials(Section authorization) {
    authorization.exclusive("credentials", "credentials_file", "credentials_ref");
    SecretSection.refuseReferences(authorization, "credentials_ref");
    String type =
        authorization.string("type").map(String::strip).filter(t -> !t.isEmpty()).orElse("Bearer");
    if (type.toLowerCase(Locale.ROOT).equals("basic")) {
      authorization.report(
          authorization.valuePosition("type"),
          "type of %s must not be Basic; use basic_auth instead".formatted(authorization.name()));
    }
    SecretSource source =
        SecretSection.source(authorization, "credentials", "credentials_file")
            .orElse(SecretSection.NOTHING);
    authorization.refuseOthers();
    return new HttpAuthorization.Credentials(type, source);
  }

  private Map<String, HttpClientConfig.HeaderValues> headers() {
    Map<String, HttpClientConfig.HeaderValues> headers = new LinkedHashMap<>();
    Optional<Section> all = section.section("http_headers");
    for (ConfigNode.Entry entry : section.mapping("http_headers")) {
      if (RESERVED_HEADERS.contains(entry.key().toLowerCase(Locale.ROOT))) {
        section.report(
            entry.position(),
            "header \"%s\" must not be set in http_headers: the server sets it itself"
                .formatted(entry.key()));
      }
      String name = all.orElseThrow().path() + "." + entry.key();
      headers.put(entry.key(), header(all.orElseThrow().section(name, entry.value())));
    }
    return headers;
  }

  private static HttpClientConfig.HeaderValues header(Section header) {
    List<String> values = header.strings("values");
    List<Secret> secrets =
        header.list("secrets").stream()
            .flatMap(item -> header.secret(item, "an item of secrets").stream())
            .toList();
    List<Path> files = header.strings("files").stream().map(header::resolve).toList();
    header.refuseOthers();
    return new HttpClientConfig.HeaderValues(values, secrets, files);
  }
}
