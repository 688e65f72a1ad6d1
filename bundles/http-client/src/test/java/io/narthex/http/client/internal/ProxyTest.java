package io.narthex.http.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpSession;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.section.Secret;
import io.narthex.http.client.internal.tls.Certificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProxyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";
  private final TestClients clients = new TestClients();

  @AfterEach
  void stop() {
    clients.close();
  }

  private static HttpClientConfig config(ProxyConfig proxy) {
    TlsConfig tls = TlsTest.tls(TlsTest.inline(Certificates.chain("ca")), null, null, "");
    return new HttpClientConfig(new HttpAuthorization.None(), tls, proxy, true, true, Map.of());
  }

  private static ProxyConfig by(String url, String noProxy) {
    return new ProxyConfig(Optional.of(URI.create(url)), noProxy, false, Map.of());
  }

  /** Connects both, until one closes. */
  private static void pipe(RawServer.Connection client, int port) throws IOException {
    try (Socket target = new Socket("127.0.0.1", port)) {
      Thread back = Thread.ofPlatform().daemon().start(() -> copy(target, client.out));
      client.in.transferTo(target.getOutputStream());
      back.interrupt();
    }
  }

  private static void copy(Socket from, OutputStream to) {
    try {
      byte[] buffer = new byte[8192];
      for (int count = from.getInputStream().read(buffer);
          count >= 0;
          count = from.getInputStream().read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException e) {
      // One side has closed.
      return;
    }
  }

  private static RawServer tunnel(int port) throws IOException {
    return new RawServer(
        connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
          pipe(connection, port);
        });
  }

  private static RawServer tlsServer() throws IOException {
    return new RawServer(
        Certificates.server("server").getServerSocketFactory(),
        connection -> {
          while (!connection.request().isEmpty()) {
            connection.send(OK);
          }
        });
  }

  @Test
  void sendsPlainRequestsWhole() throws Exception {
    try (RawServer proxy = RawServer.answering(OK);
        HttpSession session = clients.open(config(by("http://me:p%40ss@" + proxy.address(), "")))) {
      assertThat(TestClients.get(session, "http://target.test:81/m?x=1").text()).isEqualTo("200 a");
      assertThat(proxy.requests.take().split("\r\n"))
          .contains(
              "GET http://target.test:81/m?x=1 HTTP/1.1",
              "Host: target.test:81",
              "proxy-authorization: Basic bWU6cEBzcw==");
      assertThat(TestClients.get(session, "http://127.0.0.1:1/").text()).isEqualTo("200 a");
    }
  }

  @Test
  void tunnelsTls() throws Exception {
    try (RawServer target = tlsServer();
        RawServer proxy = tunnel(target.port());
        HttpSession session = clients.open(config(by("http://me:x@" + proxy.address(), "")))) {
      String url = "https://localhost:%d/".formatted(target.port());
      assertThat(TestClients.get(session, url).text()).isEqualTo("200 a");
      assertThat(TestClients.get(session, url).text()).isEqualTo("200 a");
      assertThat(proxy.accepted()).isEqualTo(1);
      assertThat(proxy.requests.take().split("\r\n"))
          .contains(
              "CONNECT localhost:%d HTTP/1.1".formatted(target.port()),
              "proxy-authorization: Basic bWU6eA==");
    }
  }

  @Test
  void reachesProxiesByTls() throws Exception {
    try (RawServer target = tlsServer();
        RawServer proxy =
            new RawServer(
                Certificates.server("server").getServerSocketFactory(),
                connection -> {
                  if (connection.request().startsWith("CONNECT")) {
                    connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
                    pipe(connection, target.port());
                  }
                  connection.send(OK);
                });
        HttpSession session = clients.open(config(by("https://" + proxy.address(), "")))) {
      assertThat(TestClients.get(session, "http://target.test/").text()).isEqualTo("200 a");
      assertThat(TestClients.get(session, "https://localhost:%d/".formatted(target.port())).text())
          .isEqualTo("200 a");
    }
  }

  @Test
  void speaksSocks5() throws Exception {
    try (RawServer target = RawServer.answering(OK);
        RawServer proxy =
            new RawServer(
                connection -> {
                  connection.in.readNBytes(1);
                  connection.in.readNBytes(connection.in.read());
                  connection.out.write(new byte[] {5, 0});
                  byte[] head = connection.in.readNBytes(4);
                  String host =
                      new String(
                          connection.in.readNBytes(connection.in.read()),
                          java.nio.charset.StandardCharsets.US_ASCII);
                  connection.in.readNBytes(2);
                  connection.note(head[3] + " " + host);
                  connection.out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
                  pipe(connection, target.port());
                });
        HttpSession session = clients.open(config(by("socks5://" + proxy.address(), "")))) {
      assertThat(TestClients.get(session, "http://target.test/m?x=1").text()).isEqualTo("200 a");
      assertThat(proxy.requests.take()).isEqualTo("3 target.test");
      assertThat(target.requests.take()).startsWith("GET /m?x=1 HTTP/1.1\r\n");
    }
  }

  @Test
  void saysWhatTheProxySays() throws Exception {
    try (RawServer proxy =
            RawServer.answering(
                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        HttpSession session = clients.open(config(by("http://" + proxy.address(), "")))) {
      assertThat(TestClients.get(session, "https://target.test/").text())
          .isEqualTo("error Get \"https://target.test/\": Proxy Authentication Required");
    }
  }

  @Test
  void saysThatTheProxyIsNotThere() throws Exception {
    try (HttpSession session = clients.open(config(by("http://127.0.0.1:1", "")))) {
      for (String scheme : List.of("http", "https")) {
        assertThat(TestClients.get(session, scheme + "://target.test/").text())
            .isEqualTo(
                "error Get \"%s://target.test/\": proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused"
                    .formatted(scheme));
      }
    }
  }

  @Test
  void goesAroundTheProxyWhereToldSo() throws Exception {
    try (RawServer target = RawServer.answering(OK);
        RawServer proxy = RawServer.answering("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n");
        HttpSession session = clients.open(config(by("http://" + proxy.address(), "other.test")))) {
      assertThat(TestClients.get(session, "http://" + target.address() + "/").text())
          .isEqualTo("200 a");
      assertThat(TestClients.get(session, "http://target.test/").text()).isEqualTo("502 ");
    }
  }

  @Test
  void followsTheEnvironment() throws Exception {
    try (RawServer proxy = RawServer.answering("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")) {
      clients.environment.put("http_proxy", proxy.address());
      clients.environment.put("NO_PROXY", "127.0.0.0/8,.direct.test");
      ProxyConfig environment = new ProxyConfig(Optional.empty(), "", true, Map.of());
      try (HttpSession session = clients.open(config(environment))) {
        assertThat(TestClients.get(session, "http://target.test/").text()).isEqualTo("502 ");
        assertThat(TestClients.get(session, "http://a.direct.test/").text())
            .contains("lookup a.direct.test: no such host");
      }
    }
  }

  @Test
  void takesPasswordsOfTheEnvironmentAsTheyAre() throws Exception {
    try (RawServer proxy = RawServer.answering(OK)) {
      clients.environment.put("HTTP_PROXY", "http://me:p^ss@" + proxy.address());
      ProxyConfig environment = new ProxyConfig(Optional.empty(), "", true, Map.of());
      try (HttpSession session = clients.open(config(environment))) {
        assertThat(TestClients.get(session, "http://target.test/").text()).isEqualTo("200 a");
        assertThat(proxy.requests.take()).contains("proxy-authorization: Basic bWU6cF5zcw==");
      }
    }
  }

  @Test
  void doesNotGoAroundAProxyThatCannotBeMadeOut() throws Exception {
    clients.environment.put("HTTP_PROXY", "http://me:hunter2@proxy.test:x");
    ProxyConfig environment = new ProxyConfig(Optional.empty(), "", true, Map.of());
    try (HttpSession session = clients.open(config(environment))) {
      TestClients.Outcome outcome = TestClients.get(session, "http://target.test/");
      assertThat(outcome.text())
          .isEqualTo(
              "error Get \"http://target.test/\": the environment variable HTTP_PROXY names no"
                  + " proxy: a proxy's URL has a host and, if any, a number as port");
      assertThat(outcome.code()).isEqualTo(HttpErrors.CONNECTION);
    }
  }

  @Test
  void doesNotPretendToSendConnectHeaders() throws Exception {
    try (RawServer proxy = RawServer.answering(OK)) {
      ProxyConfig headers =
          new ProxyConfig(
              Optional.of(URI.create("http://" + proxy.address())),
              "",
              false,
              Map.of("X-Auth", List.of(new Secret("s"))));
      try (HttpSession session = clients.open(config(headers))) {
        assertThat(TestClients.get(session, "https://target.test/").text())
            .contains("proxy_connect_header is set");
        assertThat(TestClients.get(session, "http://target.test/").text()).isEqualTo("200 a");
      }
    }
  }

  @Test
  void refusesProxiesThatItDoesNotKnow() {
    assertThatThrownBy(() -> clients.open(config(by("ftp://proxy.test", ""))))
        .hasMessage("a proxy's URL begins with http, https or socks5");
  }
}
