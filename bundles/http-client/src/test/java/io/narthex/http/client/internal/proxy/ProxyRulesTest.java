package io.narthex.http.client.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxyRulesTest {
  private static ProxyRules environment(Map<String, String> variables) {
    return new ProxyRules(
        new ProxyConfig(Optional.empty(), "", true, Map.of()), name -> variables.get(name));
  }

  @ParameterizedTest
  @CsvSource({
    "proxy_1:3128,HTTP,proxy_1,3128,,''",
    "http://my_proxy,HTTP,my_proxy,80,,''",
    "HTTPS://my_proxy/,HTTPS,my_proxy,443,,''",
    "socks5h://[::1]:9,SOCKS5,::1,9,,''",
    "http://p:,HTTP,p,80,,''",
    "http://me:a^{b}%40@c@my_proxy:1,HTTP,my_proxy,1,me,a^{b}@@c",
    "me:x+y@p:1,HTTP,p,1,me,x+y",
    "http://me@p:1,HTTP,p,1,me,''"
  })
  void variablesNameProxies(
      String value, ProxyType type, String host, int port, String user, String password) {
    assertThat(environment(Map.of("HTTP_PROXY", value)).proxyFor(false, "a.test", 80))
        .contains(new Proxy(type, host, port, user, password));
  }

  @Test
  void aConfiguredProxyMayHaveAnUnderscore() {
    URI url = URI.create("http://u:p%3A@my_proxy:8080");
    ProxyRules rules =
        new ProxyRules(new ProxyConfig(Optional.of(url), "", false, Map.of()), name -> null);
    assertThat(rules.proxyFor(true, "a.test", 443))
        .contains(new Proxy(ProxyType.HTTP, "my_proxy", 8080, "u", "p:"));
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://me:hunter2@p,'a proxy''s URL begins with http, https or socks5'",
    "http://me:hunter2@p:x,'a proxy''s URL has a host and, if any, a number as port'",
    "http://me:hunter2@,'a proxy''s URL has a host and, if any, a number as port'",
    "http://me:hunter2@p q,'a proxy''s URL has a host and, if any, a number as port'",
    "http://me:hunter2@::1,'a proxy''s URL has a host and, if any, a number as port'",
    "http://me:hunter2@p:99999,a proxy's port is at most 65535",
    "http://me:hunter2%zz@p,a % in the user or password of a proxy's URL is written %25",
    "hunter 2://p,a proxy's URL is like http://host:port"
  })
  void variablesThatNameNoneRefuse(String value, String why) {
    ProxyRules rules = environment(Map.of("https_proxy", value, "NO_PROXY", "direct.test"));
    assertThatThrownBy(() -> rules.proxyFor(true, "a.test", 443))
        .hasMessage("the environment variable HTTPS_PROXY names no proxy: " + why)
        .hasNoCause();
    assertThat(rules.proxyFor(true, "direct.test", 443)).isEmpty();
    assertThat(rules.proxyFor(false, "a.test", 80)).isEmpty();
  }

  @Test
  void variablesThatAreNotSetNameNone() {
    assertThat(environment(Map.of("HTTP_PROXY", "")).proxyFor(false, "a.test", 80)).isEmpty();
  }
}
