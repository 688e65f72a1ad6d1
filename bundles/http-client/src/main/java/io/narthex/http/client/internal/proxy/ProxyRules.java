package io.narthex.http.client.internal.proxy;

import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides which proxy a request goes through. May be used from any thread. */
public final class ProxyRules {
  private final Choice forHttp;
  private final Choice forHttps;
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
      forHttp = ofVariable(environment, "HTTP_PROXY");
      forHttps = ofVariable(environment, "HTTPS_PROXY");
      String list = variable(environment, "NO_PROXY");
      exceptions = Optional.of(new NoProxyRules(list == null ? "" : list));
    } else {
      forHttp =
          config
              .url()
              .map(URI::toString)
              .filter(url -> !url.isEmpty())
              .<Choice>map(url -> new Choice.Through(Proxy.of(url)))
              .orElseGet(Choice.Direct::new);
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

  private sealed interface Choice {
    record Direct() implements Choice {}

    record Through(Proxy proxy) implements Choice {}

    /** A proxy is wanted and nobody can tell which. */
    record Unusable(String why) implements Choice {}
  }

  /** Going around a proxy that somebody has set, because of a typing error, would be no answer. */
  private static Choice ofVariable(UnaryOperator<@Nullable String> environment, String name) {
    String value = variable(environment, name);
    if (value == null || value.isEmpty()) {
      return new Choice.Direct();
    }
    try {
      return new Choice.Through(Proxy.ofVariable(value));
    } catch (IllegalArgumentException e) {
      return new Choice.Unusable(
          "the environment variable %s names no proxy: %s".formatted(name, e.getMessage()));
    }
  }

  /**
   * The proxy for a host, or empty.
   *
   * @throws IllegalArgumentException if it should go through one that cannot be made out
   */
  public Optional<Proxy> proxyFor(boolean https, String host, int port) {
    Choice choice = https ? forHttps : forHttp;
    if (choice instanceof Choice.Direct
        || exceptions.isPresent() && exceptions.get().bypasses(host, port)) {
      return Optional.empty();
    }
    return switch (choice) {
      case Choice.Direct direct -> Optional.empty();
      case Choice.Through through -> Optional.of(through.proxy());
      case Choice.Unusable unusable -> throw new IllegalArgumentException(unusable.why());
    };
  }

  /** Whether CONNECT requests would have to carry headers. */
  public boolean hasConnectHeaders() {
    return connectHeaders;
  }
}
