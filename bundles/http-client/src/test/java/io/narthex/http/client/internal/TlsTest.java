package io.narthex.http.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpSession;
import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.http.TlsConfig.TlsVersion;
import io.narthex.api.section.Secret;
import io.narthex.http.client.internal.tls.Certificates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";
  private static final TlsConfig TRUSTING = tls(inline(Certificates.chain("ca")), null, null, "");
  private static TestClients clients;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    clients = new TestClients();
  }

  @AfterAll
  static void stop() {
    clients.close();
  }

  static SecretSource inline(String text) {
    return new SecretSource.Inline(new Secret(text));
  }

  static TlsConfig tls(SecretSource ca, SecretSource cert, SecretSource key, String serverName) {
    return new TlsConfig(
        Optional.ofNullable(ca),
        Optional.ofNullable(cert),
        Optional.ofNullable(key),
        serverName,
        false,
        Optional.empty(),
        Optional.empty());
  }

  static HttpClientConfig config(TlsConfig tls) {
    return new HttpClientConfig(
        new HttpAuthorization.None(), tls, ProxyConfig.NONE, true, true, Map.of());
  }

  private static ServerSocketFactory factory(String alias, Consumer<SSLServerSocket> setting) {
    ServerSocketFactory made = Certificates.server(alias).getServerSocketFactory();
    return new ServerSocketFactory() {
      @Override
      public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
          throws IOException {
        SSLServerSocket socket = (SSLServerSocket) made.createServerSocket(port, backlog, address);
        setting.accept(socket);
        return socket;
      }

      @Override
      public ServerSocket createServerSocket(int port) throws IOException {
        throw new IOException("not used");
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        throw new IOException("not used");
      }
    };
  }

  private static RawServer server(String alias, Consumer<SSLServerSocket> setting)
      throws IOException {
    return new RawServer(
        factory(alias, setting),
        connection -> {
          while (!connection.request().isEmpty()) {
            connection.send(OK);
          }
        });
  }

  private static String get(TlsConfig tls, RawServer server) throws Exception {
    return get(tls, server, "127.0.0.1");
  }

  private static String get(TlsConfig tls, RawServer server, String host) throws Exception {
    try (HttpSession session = clients.open(config(tls))) {
      String url = "https://%s:%d/".formatted(host, server.port());
      return TestClients.get(session, url)
          .text()
          .replace(Integer.toString(server.port()), "{port}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server | 200 a
          ecserver | 200 a
          selfsigned | error Get "https://127.0.0.1:{port}/": tls: failed to verify certificate: x509: certificate signed by unknown authority
          elsewhere | error Get "https://127.0.0.1:{port}/": tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs
          unnamed | error Get "https://127.0.0.1:{port}/": tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs
          clientonly | error Get "https://127.0.0.1:{port}/": tls: failed to verify certificate: x509: certificate specifies an incompatible key usage
          client | error Get "https://127.0.0.1:{port}/": tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs
          """)
  void checksTheServersCertificate(String alias, String expected) throws Exception {
    try (RawServer server = server(alias, socket -> {})) {
      assertThat(get(TRUSTING, server)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"expired,after", "future,before"})
  void saysThatACertificateIsNotOfNow(String alias, String relation) throws Exception {
    try (RawServer server = server(alias, socket -> {})) {
      assertThat(get(TRUSTING, server))
          .matches(
              "error Get \"https://127.0.0.1:\\{port}/\": tls: failed to verify certificate: x509:"
                  + " certificate has expired or is not yet valid: current time"
                  + " \\S{20} is "
                  + relation
                  + " \\S{20}");
    }
  }

  @Test
  void checksTheNameThatIsConfigured() throws Exception {
    try (RawServer server = server("elsewhere", socket -> {})) {
      SecretSource ca = inline(Certificates.chain("ca"));
      assertThat(get(tls(ca, null, null, "b.test"), server)).isEqualTo("200 a");
      assertThat(server.requests.take()).contains("Host: 127.0.0.1:" + server.port());
      assertThat(get(tls(ca, null, null, "c.test"), server))
          .endsWith("x509: certificate is valid for a.test, b.test, not c.test");
    }
  }

  @Test
  void checksTheNameThatIsConnectedTo() throws Exception {
    try (RawServer server = server("elsewhere", socket -> {})) {
      assertThat(get(TRUSTING, server, "localhost"))
          .endsWith("x509: certificate is valid for a.test, b.test, not localhost");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,'',localhost",
    "localhost.,'',localhost",
    "127.0.0.1,'',''",
    "127.0.0.1,a.wild.test,a.wild.test",
    "127.0.0.1,a.wild.test.,a.wild.test"
  })
  void tellsNamesButNoAddressesBySni(String host, String serverName, String expected)
      throws Exception {
    BlockingQueue<String> names = new LinkedBlockingQueue<>();
    try (RawServer server =
        new RawServer(
            factory("server", socket -> {}),
            connection -> {
              connection.request();
              ExtendedSSLSession session =
                  (ExtendedSSLSession) ((SSLSocket) connection.socket).getSession();
              names.add(
                  session.getRequestedServerNames().stream()
                      .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                      .findFirst()
                      .orElse(""));
              connection.send(OK);
            })) {
      TlsConfig tls = tls(inline(Certificates.chain("ca")), null, null, serverName);
      assertThat(get(tls, server, host)).isEqualTo("200 a");
      assertThat(names.poll(5, TimeUnit.SECONDS)).isEqualTo(expected);
    }
  }

  @Test
  void doesNotTrustATestAuthorityByItself() throws Exception {
    try (RawServer server = server("server", socket -> {})) {
      assertThat(get(TlsConfig.DEFAULT, server))
          .endsWith("x509: certificate signed by unknown authority");
    }
  }

  @Test
  void checksNothingIfToldSo() throws Exception {
    TlsConfig careless =
        new TlsConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            true,
            Optional.empty(),
            Optional.empty());
    for (String alias : List.of("selfsigned", "expired", "elsewhere")) {
      try (RawServer server = server(alias, socket -> {})) {
        assertThat(get(careless, server)).isEqualTo("200 a");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "rsaclient"})
  void showsItsCertificate(String alias) throws Exception {
    for (String key : List.of(Certificates.key(alias), Certificates.olderKey(alias))) {
      try (RawServer server = server("server", socket -> socket.setNeedClientAuth(true))) {
        TlsConfig tls =
            tls(
                inline(Certificates.chain("ca")),
                inline(Certificates.chain(alias)),
                inline(key),
                "");
        assertThat(get(tls, server)).isEqualTo("200 a");
      }
    }
  }

  @Test
  void saysThatTheServerWantsACertificate() throws Exception {
    try (RawServer server = server("server", socket -> socket.setNeedClientAuth(true))) {
      assertThat(get(TRUSTING, server))
          .isEqualTo(
              "error Get \"https://127.0.0.1:{port}/\": remote error: tls: certificate required");
    }
    try (RawServer server =
        server(
            "server",
            socket -> {
              socket.setNeedClientAuth(true);
              socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            })) {
      assertThat(get(TRUSTING, server))
          .isEqualTo(
              "error Get \"https://127.0.0.1:{port}/\": remote error: tls: handshake failure");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS13,,TLSv1.2,error",
    "TLS12,,TLSv1.2,200 a",
    ",TLS12,TLSv1.3,error",
    ",TLS12,TLSv1.2,200 a",
    "TLS13,TLS13,TLSv1.3,200 a",
    "TLS10,,TLSv1.2,200 a"
  })
  void speaksTheVersionsThatAreAllowed(
      TlsVersion min, TlsVersion max, String server, String expected) throws Exception {
    TlsConfig tls =
        new TlsConfig(
            Optional.of(inline(Certificates.chain("ca"))),
            Optional.empty(),
            Optional.empty(),
            "",
            false,
            Optional.ofNullable(min),
            Optional.ofNullable(max));
    try (RawServer running =
        server("server", socket -> socket.setEnabledProtocols(new String[] {server}))) {
      String outcome = get(tls, running);
      if (expected.equals("error")) {
        assertThat(outcome)
            .isEqualTo(
                "error Get \"https://127.0.0.1:{port}/\":"
                    + " remote error: tls: protocol version not supported");
      } else {
        assertThat(outcome).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS13,TLS12,tls_config.max_version must be greater than or equal to tls_config.min_version"
        + " if both are specified",
    ",TLS11,tls: no supported versions satisfy MinVersion and MaxVersion",
    "TLS10,TLS11,tls: no supported versions satisfy MinVersion and MaxVersion (this runtime speaks"
        + " TLS 1.2 and newer)"
  })
  void saysThatNoVersionIsLeft(TlsVersion min, TlsVersion max, String expected) throws Exception {
    TlsConfig tls =
        new TlsConfig(
            Optional.of(inline(Certificates.chain("ca"))),
            Optional.empty(),
            Optional.empty(),
            "",
            false,
            Optional.ofNullable(min),
            Optional.ofNullable(max));
    try (RawServer server = server("server", socket -> {})) {
      assertThat(get(tls, server))
          .isEqualTo("error Get \"https://127.0.0.1:{port}/\": " + expected);
    }
  }

  @Test
  void saysThatTheServerSpeaksNoTls() throws Exception {
    try (RawServer server =
        new RawServer(
            connection -> {
              connection.in.read();
              connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            })) {
      assertThat(get(TRUSTING, server))
          .isEqualTo(
              "error Get \"https://127.0.0.1:{port}/\":"
                  + " http: server gave HTTP response to HTTPS client");
    }
    try (RawServer server =
        new RawServer(
            connection -> {
              connection.in.read();
              connection.send("220 mail.test ESMTP\r\n");
            })) {
      assertThat(get(TRUSTING, server))
          .isEqualTo(
              "error Get \"https://127.0.0.1:{port}/\":"
                  + " tls: first record does not look like a TLS handshake");
    }
  }

  @Test
  void saysThatTheServerClosesInTheHandshake() throws Exception {
    try (RawServer server = new RawServer(connection -> connection.in.read())) {
      assertThat(get(TRUSTING, server))
          .matches("error Get \"https://127.0.0.1:\\{port}/\": .*")
          .endsWith(": EOF");
    }
  }

  @Test
  void timesOutInTheHandshake() throws Exception {
    try (RawServer server = new RawServer(RawServer.Connection::hang);
        HttpSession session = clients.open(config(TRUSTING))) {
      TestClients.Outcome outcome =
          TestClients.get(
              session, "https://" + server.address() + "/", java.time.Duration.ofMillis(300));
      assertThat(outcome.text()).endsWith("context deadline exceeded");
      assertThat(outcome.code()).isEqualTo(HttpErrors.TIMEOUT);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,HTTP_2", "false,HTTP_1_1"})
  void speaksHttp2IfBothWant(boolean enabled, String version) throws Exception {
    HttpServer server =
        clients
            .vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(Certificates.chain("server")))
                            .addKeyValue(Buffer.buffer(Certificates.key("server")))))
            .requestHandler(
                request ->
                    request
                        .response()
                        .end(
                            request.version()
                                + " "
                                + request.authority()
                                + " "
                                + request.getHeader("x-own")))
            .listen(0, "127.0.0.1")
            .await();
    HttpClientConfig config =
        new HttpClientConfig(
            new HttpAuthorization.None(),
            TRUSTING,
            ProxyConfig.NONE,
            true,
            enabled,
            Map.of("X-Own", new HttpClientConfig.HeaderValues(List.of("v"), List.of(), List.of())));
    try (HttpSession session = clients.open(config)) {
      String url = "https://127.0.0.1:" + server.actualPort() + "/";
      for (int i = 0; i < 3; i++) {
        assertThat(TestClients.get(session, url).text())
            .isEqualTo("200 %s 127.0.0.1:%d v".formatted(version, server.actualPort()));
      }
    } finally {
      server.close().await();
    }
  }

  @Test
  void readsFilesAgainWhenTheyChange() throws Exception {
    Path ca = folder.resolve("ca.pem");
    TlsConfig tls = tls(new SecretSource.InFile(ca), null, null, "");
    try (RawServer server = server("server", socket -> {});
        HttpSession session = clients.open(config(tls))) {
      String url = "https://" + server.address() + "/";
      assertThat(TestClients.get(session, url).text())
          .endsWith(
              "unable to read CA cert: unable to read file %s: open %s: no such file or directory"
                  .formatted(ca, ca));
      Files.writeString(ca, "nothing");
      TestClients.Outcome empty = TestClients.get(session, url);
      assertThat(empty.text()).endsWith("unable to use specified CA cert file " + ca);
      assertThat(empty.code()).isEqualTo(HttpErrors.CREDENTIALS);
      Files.writeString(ca, Certificates.chain("ca"));
      assertThat(TestClients.get(session, url).text()).isEqualTo("200 a");
      assertThat(TestClients.get(session, url).text()).isEqualTo("200 a");
      assertThat(server.accepted()).isEqualTo(1);
      Files.writeString(ca, Certificates.chain("selfsigned"));
      assertThat(TestClients.get(session, url).text())
          .endsWith("x509: certificate signed by unknown authority");
    }
  }

  @Test
  void refusesKeysThatDoNotFit() throws Exception {
    SecretSource ca = inline(Certificates.chain("ca"));
    SecretSource certificate = inline(Certificates.chain("client"));
    Map<String, String> expected =
        Map.of(
            Certificates.key("ecserver"),
            "private key does not match public key",
            Certificates.key("rsaclient"),
            "private key type does not match public key type",
            "none",
            "failed to find any PEM data in key input",
            Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}),
            "the private key is encrypted; give it without a passphrase (openssl pkey -in"
                + " key.pem -out plain.pem)");
    try (RawServer server = server("server", socket -> {})) {
      for (Map.Entry<String, String> entry : expected.entrySet()) {
        assertThat(get(tls(ca, certificate, inline(entry.getKey()), ""), server))
            .isEqualTo(
                "error Get \"https://127.0.0.1:{port}/\":"
                    + " unable to use specified client cert (inline) & key (inline): tls: "
                    + entry.getValue());
      }
    }
  }
}
