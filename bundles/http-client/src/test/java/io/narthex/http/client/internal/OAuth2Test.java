package io.narthex.http.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpAuthorization.OAuth2;
import io.narthex.api.http.HttpAuthorization.OAuth2Proof;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.http.client.internal.tls.Certificates;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OAuth2Test {
  private final TestClients clients = new TestClients();
  private RawServer target;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    target = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
  }

  @AfterEach
  void stop() {
    target.close();
    clients.close();
  }

  private static RawServer endpoint(int status, String type, String body) throws Exception {
    return RawServer.answering(answer(status, type, body));
  }

  private static String answer(int status, String type, String body) {
    return "HTTP/1.1 %d Word\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, type, body.length(), body);
  }

  private static OAuth2Proof secret(String text) {
    return new OAuth2Proof.ClientSecret(Optional.of(TlsTest.inline(text)));
  }

  private static HttpClientConfig config(
      RawServer endpoint, OAuth2Proof proof, List<String> scopes, Map<String, String> parameters) {
    return new HttpClientConfig(
        new OAuth2(
            "my id",
            proof,
            scopes,
            "http://%s/token".formatted(endpoint.address()),
            parameters,
            TlsConfig.DEFAULT,
            ProxyConfig.NONE),
        TlsConfig.DEFAULT,
        ProxyConfig.NONE,
        true,
        true,
        Map.of());
  }

  private String get(HttpSession session) throws Exception {
    return TestClients.get(session, "http://" + target.address() + "/").text();
  }

  private static Map<String, String> form(String request) {
    String body = request.substring(request.indexOf("\r\n\r\n") + 4);
    return Arrays.stream(body.split("&"))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
  }

  @Test
  void getsATokenAndKeepsItUntilItExpires() throws Exception {
    try (RawServer endpoint =
            endpoint(
                200,
                "application/json",
                "{\"access_token\":\"T\",\"token_type\":\"bearer\",\"expires_in\":60}");
        HttpSession session =
            clients.open(
                config(endpoint, secret("s&t"), List.of("a", "b"), Map.of("audience", "x y")))) {
      assertThat(get(session)).isEqualTo("200 a");
      assertThat(get(session)).isEqualTo("200 a");
      assertThat(target.requests.take().split("\r\n")).contains("Authorization: Bearer T");
      String asked = endpoint.requests.take();
      assertThat(asked).startsWith("POST /token HTTP/1.1\r\n");
      assertThat(asked.split("\r\n"))
          .contains(
              "Authorization: Basic "
                  + Base64.getEncoder()
                      .encodeToString("my+id:s%26t".getBytes(StandardCharsets.UTF_8)),
              "Content-Type: application/x-www-form-urlencoded",
              "User-Agent: Prometheus/3.14.0");
      assertThat(form(asked))
          .isEqualTo(Map.of("grant_type", "client_credentials", "scope", "a b", "audience", "x y"));
      assertThat(endpoint.requests).isEmpty();
      clients.clockOffset.set(49_000);
      assertThat(get(session)).isEqualTo("200 a");
      assertThat(endpoint.requests).isEmpty();
      clients.clockOffset.set(51_000);
      assertThat(get(session)).isEqualTo("200 a");
      assertThat(endpoint.requests).hasSize(1);
    }
  }

  @Test
  void anAnswer401DoesNotRenewTheToken() throws Exception {
    try (RawServer endpoint = endpoint(200, "application/json", "{\"access_token\":\"T\"}");
        RawServer refusing =
            RawServer.answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        HttpSession session = clients.open(config(endpoint, secret("s"), List.of(), Map.of()))) {
      String url = "http://" + refusing.address() + "/";
      assertThat(TestClients.get(session, url).text()).isEqualTo("401 ");
      assertThat(TestClients.get(session, url).text()).isEqualTo("401 ");
      assertThat(endpoint.requests).hasSize(1);
    }
  }

  @Test
  void namesItselfInTheFormIfTheHeaderIsRefused() throws Exception {
    try (RawServer endpoint =
            new RawServer(
                connection -> {
                  for (String asked = connection.request();
                      !asked.isEmpty();
                      asked = connection.request()) {
                    connection.send(
                        asked.contains("Authorization: ")
                            ? answer(401, "application/json", "{}")
                            : answer(
                                200, "text/plain", "access_token=T&token_type=mac&expires_in=1"));
                  }
                });
        HttpSession session = clients.open(config(endpoint, secret("s"), List.of(), Map.of()))) {
      assertThat(get(session)).isEqualTo("200 a");
      assertThat(target.requests.take().split("\r\n")).contains("Authorization: MAC T");
      assertThat(endpoint.requests).hasSize(2);
      endpoint.requests.take();
      assertThat(form(endpoint.requests.take()))
          .containsEntry("client_id", "my id")
          .containsEntry("client_secret", "s");
      assertThat(get(session)).isEqualTo("200 a");
      assertThat(endpoint.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | application/json | {"error":"bad_scope","error_description":"no"} | oauth2: "bad_scope" "no"
          200 | application/json | {"error":"odd"} | oauth2: "odd"
          500 | text/html | oops | oauth2: cannot fetch token: 500 Word\\nResponse: oops
          200 | application/json | {"access_token":hunter2} | oauth2: cannot parse json: the answer is no JSON object
          200 | text/plain | access_token=%hunter2 | oauth2: cannot parse json: the answer is no form
          200 | application/json | {"token":"x"} | oauth2: server response missing access_token
          """)
  void saysWhatTheEndpointSays(int status, String type, String body, String expected)
      throws Exception {
    try (RawServer endpoint = endpoint(status, type, body);
        HttpSession session = clients.open(config(endpoint, secret("s"), List.of(), Map.of()))) {
      TestClients.Outcome outcome = TestClients.get(session, "http://" + target.address() + "/");
      assertThat(outcome.text())
          .isEqualTo(
              "error Get \"http://%s/\": %s"
                  .formatted(target.address(), expected.replace("\\n", "\n")));
      assertThat(outcome.code()).isEqualTo(HttpErrors.CREDENTIALS);
      assertThat(target.requests).isEmpty();
    }
  }

  @Test
  void saysThatTheEndpointIsNotThere() throws Exception {
    RawServer endpoint = endpoint(200, "application/json", "{}");
    endpoint.close();
    try (HttpSession session = clients.open(config(endpoint, secret("s"), List.of(), Map.of()))) {
      assertThat(get(session))
          .isEqualTo(
              "error Get \"http://%s/\": Post \"http://%s/token\": dial tcp %s: connect: connection refused"
                  .formatted(target.address(), endpoint.address(), endpoint.address()));
    }
  }

  @Test
  void refusesParametersThatAreItsOwn() throws Exception {
    try (RawServer endpoint = endpoint(200, "application/json", "{\"access_token\":\"T\"}");
        HttpSession session =
            clients.open(config(endpoint, secret("s"), List.of("a"), Map.of("scope", "b")))) {
      assertThat(get(session)).endsWith("oauth2: cannot overwrite parameter \"scope\"");
    }
  }

  @Test
  void oneFetchServesAllThatWait() throws Exception {
    AtomicInteger fetches = new AtomicInteger();
    try (RawServer endpoint =
            new RawServer(
                connection -> {
                  while (!connection.request().isEmpty()) {
                    fetches.incrementAndGet();
                    connection.send(answer(200, "application/json", "{\"access_token\":\"T\"}"));
                  }
                });
        HttpSession session = clients.open(config(endpoint, secret("s"), List.of(), Map.of()))) {
      List<CompletableFuture<HttpAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(
            session.send(
                HttpRequest.get(
                    URI.create("http://%s/%d".formatted(target.address(), i)),
                    Map.of(),
                    Duration.ofSeconds(20)),
                piece -> true));
      }
      for (CompletableFuture<HttpAnswer> answer : answers) {
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
      assertThat(fetches).hasValue(1);
    }
  }

  @Test
  void aChangedSecretGetsAnotherToken() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "one");
    OAuth2Proof proof = new OAuth2Proof.ClientSecret(Optional.of(new SecretSource.InFile(file)));
    try (RawServer endpoint = endpoint(200, "application/json", "{\"access_token\":\"T\"}");
        HttpSession session = clients.open(config(endpoint, proof, List.of(), Map.of()))) {
      get(session);
      get(session);
      assertThat(endpoint.requests).hasSize(1);
      Files.writeString(file, "two");
      get(session);
      assertThat(endpoint.requests).hasSize(2);
      Files.delete(file);
      assertThat(get(session)).contains("unable to read oauth2 client secret: unable to read file");
    }
  }

  @ParameterizedTest
  @CsvSource({"RS256,SHA256withRSA", "RS384,SHA384withRSA", "RS512,SHA512withRSA"})
  void signsAssertions(String algorithm, String signatureName) throws Exception {
    OAuth2Proof proof =
        new OAuth2Proof.SignedAssertion(
            TlsTest.inline(Certificates.olderKey("rsaclient")),
            "key 1",
            algorithm,
            "",
            "",
            Map.of("own", "{\"a\":[1,\"b\"]}"));
    try (RawServer endpoint = endpoint(200, "application/json", "{\"access_token\":\"T\"}");
        HttpSession session = clients.open(config(endpoint, proof, List.of("a", "b"), Map.of()))) {
      assertThat(get(session)).isEqualTo("200 a");
      Map<String, String> form = form(endpoint.requests.take());
      assertThat(form)
          .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
          .containsEntry("scope", "a b");
      String[] parts = form.get("assertion").split("\\.");
      assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
          .isEqualTo("{\"alg\":\"%s\",\"kid\":\"key 1\",\"typ\":\"JWT\"}".formatted(algorithm));
      JsonObject claims =
          new JsonObject(
              new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
      assertThat(claims.getString("iss")).isEqualTo("my id");
      assertThat(claims.getString("sub")).isEqualTo("my id");
      assertThat(claims.getString("aud"))
          .isEqualTo("http://%s/token".formatted(endpoint.address()));
      assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(600);
      assertThat(claims.getValue("own")).hasToString("{\"a\":[1,\"b\"]}");
      Signature signature = Signature.getInstance(signatureName);
      signature.initVerify(Certificates.certificate("rsaclient"));
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }
  }

  @Test
  void saysThatTheKeyCannotSign() throws Exception {
    OAuth2Proof proof =
        new OAuth2Proof.SignedAssertion(TlsTest.inline("none"), "", "RS256", "", "", Map.of());
    try (RawServer endpoint = endpoint(200, "application/json", "{\"access_token\":\"T\"}");
        HttpSession session = clients.open(config(endpoint, proof, List.of(), Map.of()))) {
      assertThat(get(session))
          .endsWith(
              "oauth2: the client's key cannot sign: failed to find any PEM data in key input");
    }
  }

  @Test
  void theTokenIsNotToldToAnotherHost() throws Exception {
    try (RawServer endpoint = endpoint(200, "application/json", "{\"access_token\":\"T\"}");
        RawServer from =
            RawServer.answering(
                "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/\r\nContent-Length: 0\r\n\r\n"
                    .formatted(target.port()));
        HttpSession session = clients.open(config(endpoint, secret("s"), List.of(), Map.of()))) {
      assertThat(TestClients.get(session, "http://" + from.address() + "/").text())
          .isEqualTo("200 a");
      assertThat(from.requests.take()).contains("Authorization: Bearer T");
      assertThat(target.requests.take()).doesNotContain("Authorization");
    }
  }
}
