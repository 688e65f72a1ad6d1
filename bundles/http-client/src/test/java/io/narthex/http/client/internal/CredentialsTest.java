package io.narthex.http.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClientConfig.HeaderValues;
import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.section.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsTest {
  private final TestClients clients = new TestClients();
  private RawServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
  }

  @AfterEach
  void stop() {
    server.close();
    clients.close();
  }

  private static HttpClientConfig config(
      HttpAuthorization authorization, Map<String, HeaderValues> headers) {
    return new HttpClientConfig(
        authorization, TlsConfig.DEFAULT, ProxyConfig.NONE, true, true, headers);
  }

  private static Optional<SecretSource> inline(String text) {
    return Optional.of(new SecretSource.Inline(new Secret(text)));
  }

  private static String basic(String pair) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private String[] asked(HttpSession session) throws Exception {
    assertThat(TestClients.get(session, "http://" + server.address() + "/").text())
        .isEqualTo("200 a");
    return server.requests.take().split("\r\n");
  }

  @Test
  void sendsBasicCredentials() throws Exception {
    HttpAuthorization basic = new HttpAuthorization.Basic(inline("usér"), inline("pa:ss"));
    try (HttpSession session = clients.open(config(basic, Map.of()))) {
      assertThat(asked(session)).contains(basic("usér:pa:ss"));
    }
    HttpAuthorization half = new HttpAuthorization.Basic(inline("user"), Optional.empty());
    try (HttpSession session = clients.open(config(half, Map.of()))) {
      assertThat(asked(session)).contains(basic("user:"));
    }
  }

  @Test
  void takesCredentialsFromTheUrlAndDoesNotShowThem() throws Exception {
    try (HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      TestClients.get(session, "http://me:s%20cret@" + server.address() + "/");
      assertThat(server.requests.take().split("\r\n")).contains(basic("me:s cret"));
      assertThat(TestClients.get(session, "http://me:secret@127.0.0.1:1/x").text())
          .isEqualTo(
              "error Get \"http://me:***@127.0.0.1:1/x\": dial tcp 127.0.0.1:1: connect:"
                  + " connection refused");
    }
  }

  @Test
  void leavesTheCallersHeaderAlone() throws Exception {
    HttpAuthorization basic = new HttpAuthorization.Basic(inline("a"), inline("b"));
    try (HttpSession session = clients.open(config(basic, Map.of()))) {
      TestClients.send(
          session,
          HttpRequest.get(
              URI.create("http://" + server.address()),
              Map.of("authorization", "own"),
              TestClients.TIMEOUT));
      assertThat(server.requests.take().split("\r\n"))
          .contains("authorization: own")
          .noneMatch(line -> line.startsWith("Authorization: "));
    }
  }

  @Test
  void readsFilesForEveryRequest() throws Exception {
    Path token = folder.resolve("token");
    HttpAuthorization bearer =
        new HttpAuthorization.Credentials("Bearer", new SecretSource.InFile(token));
    try (HttpSession session = clients.open(config(bearer, Map.of()))) {
      TestClients.Outcome missing = TestClients.get(session, "http://" + server.address() + "/");
      assertThat(missing.text())
          .isEqualTo(
              ("error Get \"http://%s/\": unable to read authorization credentials: unable to read"
                      + " file %s: open %s: no such file or directory")
                  .formatted(server.address(), token, token));
      assertThat(missing.code()).isEqualTo(HttpErrors.CREDENTIALS);
      Files.writeString(token, "one\n");
      assertThat(asked(session)).contains("Authorization: Bearer one");
      Files.writeString(token, " two ");
      assertThat(asked(session)).contains("Authorization: Bearer two");
      Path next = Files.writeString(folder.resolve("next"), "six");
      Files.setLastModifiedTime(next, Files.getLastModifiedTime(token));
      Files.move(next, token, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(asked(session)).contains("Authorization: Bearer six");
      Files.setLastModifiedTime(token, FileTime.fromMillis(1_000_000));
      assertThat(asked(session)).contains("Authorization: Bearer six");
      assertThat(asked(session)).contains("Authorization: Bearer six");
    }
  }

  @Test
  void readsPasswordsFromFiles() throws Exception {
    Path password = Files.writeString(folder.resolve("p"), "pass\n");
    HttpAuthorization basic =
        new HttpAuthorization.Basic(inline("u"), Optional.of(new SecretSource.InFile(password)));
    try (HttpSession session = clients.open(config(basic, Map.of()))) {
      assertThat(asked(session)).contains(basic("u:pass"));
      Files.delete(password);
      assertThat(TestClients.get(session, "http://" + server.address() + "/").text())
          .contains("unable to read basic auth password: unable to read file " + password);
    }
  }

  @Test
  void sendsHeadersFromAllSources() throws Exception {
    Path file = Files.writeString(folder.resolve("h"), "three\n");
    HeaderValues values =
        new HeaderValues(List.of("one"), List.of(new Secret("two")), List.of(file));
    try (HttpSession session =
        clients.open(config(new HttpAuthorization.None(), Map.of("X-H", values)))) {
      assertThat(asked(session)).containsSubsequence("X-H: one", "X-H: two", "X-H: three");
      Files.delete(file);
      assertThat(TestClients.get(session, "http://" + server.address() + "/").text())
          .endsWith(
              "unable to read headers file %s: open %s: no such file or directory"
                  .formatted(file, file));
    }
  }

  @Test
  void refusesHeadersThatWouldBreakTheRequest() throws Exception {
    HttpAuthorization bearer =
        new HttpAuthorization.Credentials(
            "Bearer", new SecretSource.Inline(new Secret("a\r\nX-Evil: 1")));
    try (HttpSession session = clients.open(config(bearer, Map.of()))) {
      TestClients.Outcome outcome = TestClients.get(session, "http://" + server.address() + "/");
      assertThat(outcome.code()).isEqualTo(HttpErrors.CREDENTIALS);
      assertThat(outcome.text()).endsWith("/\": net/http: invalid header field name or value");
      assertThat(server.requests).isEmpty();
    }
  }
}
