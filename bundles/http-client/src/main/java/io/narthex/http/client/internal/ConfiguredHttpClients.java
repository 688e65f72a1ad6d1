package io.narthex.http.client.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClients;
import io.narthex.api.http.HttpSession;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.http.client.internal.exchange.Connections;
import io.narthex.http.client.internal.exchange.ExchangeRules;
import io.narthex.http.client.internal.exchange.Exchanges;
import io.narthex.http.client.internal.oauth.TokenSource;
import io.narthex.http.client.internal.proxy.ProxyRules;
import io.narthex.http.client.internal.secret.FileContents;
import io.narthex.http.client.internal.secret.Secrets;
import io.narthex.http.client.internal.tls.PlatformTrust;
import io.narthex.http.client.internal.tls.TlsLoader;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/** Makes clients that follow a configuration, on Vert.x. */
@Component(service = HttpClients.class)
public final class ConfiguredHttpClients implements HttpClients {
  private static final int READERS = 2;

  /** More than there are targets in one process. */
  private static final int WAITING_READS = 8192;

  private final Vertx vertx;
  private final Clock clock;
  private final UnaryOperator<@Nullable String> environment;
  private final ExecutorService readers;
  private final FileContents files;
  private final PlatformTrust platform;
  private final OpenSessions sessions;
  private final String userAgent;

  /** Opens nothing yet. */
  @Activate
  public ConfiguredHttpClients(
      @Reference Vertx vertx,
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this(vertx, flags, clock, scope, System::getenv);
  }

  ConfiguredHttpClients(
      Vertx vertx,
      ServerFlags flags,
      Clock clock,
      BundleScope scope,
      UnaryOperator<@Nullable String> environment) {
    this.vertx = vertx;
    this.clock = clock;
    this.environment = environment;
    this.readers = scope.pool("files", READERS, WAITING_READS);
    this.files = new FileContents(clock);
    this.platform = new PlatformTrust(environment);
    this.sessions = scope.own(new OpenSessions());
    this.userAgent = "Prometheus/" + flags.upstreamVersion();
    scope
        .metrics()
        .gauge(
            "narthex_http_client_sessions",
            "Configured HTTP clients that are open now.",
            sessions::count);
  }

  @Override
  public HttpSession open(String purpose, HttpClientConfig config) {
    Session session = session(purpose, config);
    sessions.add(session);
    return session;
  }

  private Session session(String purpose, HttpClientConfig config) {
    ProxyRules proxies = new ProxyRules(config.proxy(), environment);
    SessionPreparation preparation =
        new SessionPreparation(
            config,
            files,
            new TlsLoader(config.tls(), new Secrets(files), platform::anchors, this::now),
            tokens(purpose, config.authorization()),
            readers,
            material -> new Connections(vertx, purpose, material, config.enableHttp2()));
    ExchangeRules rules =
        new ExchangeRules(vertx, clock, preparation, proxies, config.followRedirects(), userAgent);
    return new Session(new Exchanges(rules), preparation, sessions::remove);
  }

  /** The token's endpoint is reached with settings of its own, which have no authorization. */
  private @Nullable TokenSource tokens(String purpose, HttpAuthorization authorization) {
    if (!(authorization instanceof HttpAuthorization.OAuth2 oauth)) {
      return null;
    }
    HttpClientConfig config =
        new HttpClientConfig(
            new HttpAuthorization.None(), oauth.tls(), oauth.proxy(), true, false, Map.of());
    return new TokenSource(oauth, session(purpose + " oauth2", config), this::now);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.wallMillis());
  }
}
