package io.narthex.http.client.internal.proxy;

import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides which proxy a request goes through. May be used from any thread. */
public final class ProxyRules {
  private final Optional<Proxy> forHttp;
  private final Optional<Proxy> forHttps;
  private final Optional<NoProxyRules> exceptions;
  private final boolean connectHeaders;

  /**
   * Rules that follow a configuration.
   *
   * @param environment the process's variables; gives null for those that are not set
   * @throws IllegalArgumentException if the proxy's URL names none
   */
  public ProxyRules(ProxyConfig config, UnaryOperator<@Nullable String> environment) {
    if (config.fromEnvironment()) {
      forHttp = Proxy.ofVariable(variable(environment, "HTTP_PROXY"));
      forHttps = Proxy.ofVariable(variable(environment, "HTTPS_PROXY"));
      String list = variable(environment, "NO_PROXY");
      exceptions = Optional.of(new NoProxyRules(list == null ? "" : list));
    } else {
      forHttp = config.url().filter(url -> !url.toString().isEmpty()).map(Proxy::of);
      forHttps = forHttp;
      // Upstream exempts the loopback interface only when there is a list.
      exceptions =
          config.noProxy().isEmpty()
              ? Optional.empty()
              : Optional.of(new NoProxyRules(config.noProxy()));
    }
    connectHeaders = !config.connectHeaders().isEmpty();
  }

  private static @Nullable String variable(
      UnaryOperator<@Nullable String> environment, String name) {
    String value = environment.apply(name);
    return value == null || value.isEmpty()
        ? environment.apply(name.toLowerCase(Locale.ROOT))
        : value;
  }

  /** The proxy for a host, or empty. */
  public Optional<Proxy> proxyFor(boolean https, String host, int port) {
    Optional<Proxy> proxy = https ? forHttps : forHttp;
    return proxy.isPresent() && exceptions.isPresent() && exceptions.get().bypasses(host, port)
        ? Optional.empty()
        : proxy;
  }

  /** Whether CONNECT requests would have to carry headers. */
  public boolean hasConnectHeaders() {
    return connectHeaders;
  }
}
