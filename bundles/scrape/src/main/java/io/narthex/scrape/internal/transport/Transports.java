package io.narthex.scrape.internal.transport;

import io.narthex.api.exporter.InProcessExporters;
import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.SecretSource;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.RequestHeaders;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import io.narthex.scrape.internal.format.Exposition;
import io.narthex.scrape.internal.plain.Addresses;
import io.narthex.scrape.internal.plain.PlainTransport;
import io.narthex.scrape.internal.thread.ScrapeThread;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the fetcher of a target. Plain HTTP is read by the bundle itself; TLS, proxies, OAuth,
 * secrets from files and redirects are left to the platform's HTTP client, which does all of it and
 * costs more.
 */
public final class Transports {
  private static final Set<String> PROXY_VARIABLES =
      Set.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy");

  private final String userAgent;
  private final ByteSinks sinks;
  private final PlainTransport plain;
  private final Sessions sessions;
  private final Supplier<@Nullable InProcessExporters> exporters;
  private final boolean proxyInEnvironment;

  /**
   * Transports.
   *
   * @param exporters gives the exporter host, null while there is none
   * @param environment gives the value of an environment variable, or {@code ""}
   */
  public Transports(
      String userAgent,
      ByteSinks sinks,
      Addresses addresses,
      Sessions sessions,
      Supplier<@Nullable InProcessExporters> exporters,
      UnaryOperator<String> environment) {
    this.userAgent = userAgent;
    this.sinks = sinks;
    this.plain = new PlainTransport(addresses, sinks);
    this.sessions = sessions;
    this.exporters = exporters;
    this.proxyInEnvironment =
        PROXY_VARIABLES.stream().anyMatch(name -> !environment.apply(name).isEmpty());
  }

  /** The fetcher of a target whose scrapes are run by the thread. */
  public TargetFetcher fetcher(Target target, ScrapeThread thread) {
    return switch (target.endpoint()) {
      case TargetEndpoint.InProcess inside ->
          new ExporterFetcher(inside.exporter(), target.timeout(), exporters, sinks);
      case TargetEndpoint.Http http -> http(target, http.url(), thread);
    };
  }

  private TargetFetcher http(Target target, URI url, ScrapeThread thread) {
    Map<String, String> headers =
        RequestHeaders.of(target, userAgent, Exposition.accept(target.options()));
    Optional<TargetFetcher> reader =
        isPlain(url, target.options().http())
            ? plain.fetcher(target, url, headers, thread)
            : Optional.empty();
    return reader
        .<TargetFetcher>map(first -> new PlainFirst(first, () -> session(target, url, headers)))
        .orElseGet(() -> session(target, url, headers));
  }

  private TargetFetcher session(Target target, URI url, Map<String, String> headers) {
    return new SessionFetcher(sessions, target, url, headers, sinks);
  }

  private boolean isPlain(URI url, HttpClientConfig config) {
    boolean proxy =
        config.proxy().url().isPresent() || config.proxy().fromEnvironment() && proxyInEnvironment;
    boolean files =
        config.headers().values().stream().anyMatch(header -> !header.files().isEmpty());
    return "http".equals(url.getScheme())
        && url.getRawUserInfo() == null
        && !proxy
        && !files
        && isInline(config.authorization());
  }

  private static boolean isInline(HttpAuthorization authorization) {
    return switch (authorization) {
      case HttpAuthorization.None none -> true;
      case HttpAuthorization.Basic basic ->
          isInline(basic.username()) && isInline(basic.password());
      case HttpAuthorization.Credentials token ->
          token.credentials() instanceof SecretSource.Inline;
      case HttpAuthorization.OAuth2 oauth -> false;
    };
  }

  private static boolean isInline(Optional<SecretSource> source) {
    return source.map(SecretSource.Inline.class::isInstance).orElse(true);
  }
}
