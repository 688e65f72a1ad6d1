package io.narthex.http.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClientConfig.HeaderValues;
import io.narthex.api.http.HttpClientConfig.ProxyConfig;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.section.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedirectsTest {
  private static TestClients clients;

  @BeforeAll
  static void start() {
    clients = new TestClients();
  }

  @AfterAll
  static void stop() {
    clients.close();
  }

  private static HttpClientConfig config(boolean follow) {
    return new HttpClientConfig(
        new HttpAuthorization.Credentials("Bearer", new SecretSource.Inline(new Secret("t0ken"))),
        TlsConfig.DEFAULT,
        ProxyConfig.NONE,
        follow,
        true,
        Map.of(
            "Cookie", new HeaderValues(List.of(), List.of(new Secret("c=1")), List.of()),
            "X-Own", new HeaderValues(List.of("v", "w"), List.of(), List.of())));
  }

  private static String redirect(int status, String location) {
    return "HTTP/1.1 %d Found\r\nLocation: %s\r\nContent-Length: 2\r\n\r\nxx"
        .formatted(status, location);
  }

  /** Redirects {@code /from} there and tells every other request's line. */
  private static RawServer server(int status, String location) throws Exception {
    return new RawServer(
        connection -> {
          for (String request = connection.request();
              !request.isEmpty();
              request = connection.request()) {
            if (request.contains(" /from")) {
              connection.send(
                  redirect(
                      status, location.replace("{port}", "" + connection.socket.getLocalPort())));
            } else {
              String line = request.substring(0, request.indexOf("\r\n"));
              connection.send(
                  "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(line.length(), line));
            }
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /to | GET /to HTTP/1.1
          to | GET /a/to HTTP/1.1
          ../to?x=1 | GET /to?x=1 HTTP/1.1
          ../../../to | GET /to HTTP/1.1
          ?x=1 | GET /from/x?x=1 HTTP/1.1
          //127.0.0.1:{port}/to | GET /to HTTP/1.1
          http://127.0.0.1:{port}/to here | GET /to%20here HTTP/1.1
          """)
  void leadWhereTheySay(String location, String expected) throws Exception {
    String from = location.startsWith("?") ? "/from/x" : "/a/b";
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.request();
                  connection.send(
                      redirect(
                          302, location.replace("{port}", "" + connection.socket.getLocalPort())));
                  String line = connection.request().lines().findFirst().orElse("");
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                          .formatted(line.length(), line));
                });
        HttpSession session = clients.open(config(true))) {
      assertThat(TestClients.get(session, "http://" + server.address() + from).text())
          .isEqualTo("200 " + expected);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301,POST,GET,false",
    "302,POST,GET,false",
    "303,PUT,GET,false",
    "307,POST,POST,true",
    "308,POST,POST,true",
    "302,HEAD,HEAD,false"
  })
  void keepMethodAndBodyAsGoDoes(int status, String method, String then, boolean body)
      throws Exception {
    try (RawServer server = server(status, "/to");
        HttpSession session = clients.open(config(true))) {
      TestClients.send(
          session,
          new HttpRequest(
              method,
              URI.create("http://" + server.address() + "/from"),
              Map.of("Content-Type", "text/x"),
              "body".getBytes(StandardCharsets.UTF_8),
              TestClients.TIMEOUT));
      server.requests.take();
      String second = server.requests.take().toLowerCase(Locale.ROOT);
      assertThat(second).startsWith(then.toLowerCase(Locale.ROOT) + " /to ");
      assertThat(second.contains("content-type: text/x")).isEqualTo(body);
      assertThat(second.endsWith("body")).isEqualTo(body);
      assertThat(second).contains("referer: http://" + server.address() + "/from");
    }
  }

  @Test
  void tellNobodyTheUser() throws Exception {
    try (RawServer server = server(302, "/to");
        HttpSession session = clients.open(config(true))) {
      TestClients.get(session, "http://me:pw@" + server.address() + "/from");
      server.requests.take();
      assertThat(server.requests.take().toLowerCase(Locale.ROOT).split("\r\n"))
          .contains("referer: http://" + server.address() + "/from");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://me:hunter2@h:x/ | failed to parse Location header "http://me:***@h:x/": parse "http://me:***@h:x/": invalid port ":x" after host
          ftp://me:hunter2@h/ | error Get "ftp://me:***@h/": unsupported protocol scheme "ftp"
          http://me:hunter2%zz@h/ | failed to parse Location header "http://me:***@h/": parse "http://me:***@h/": invalid URL escape "%zz"
          http://me:hunter2@[h/ | parse "http://me:***@[h/": missing ']' in host
          http://me:hunter2@{host}/from | error Get "http://me:***@{host}/from": stopped after 10 redirects
          """)
  void thatFailDoNotShowPasswords(String location, String expected) throws Exception {
    try (RawServer server = server(302, location.replace("{host}", "127.0.0.1:{port}"));
        HttpSession session = clients.open(config(true))) {
      assertThat(TestClients.get(session, "http://" + server.address() + "/from").text())
          .endsWith(expected.replace("{host}", server.address()))
          .doesNotContain("hunter2");
    }
  }

  @Test
  void requestsThatCannotBeginDoNotShowPasswords() throws Exception {
    try (HttpSession session = clients.open(config(true))) {
      assertThat(TestClients.get(session, "ftp://me:hunter2@h/").text())
          .isEqualTo("error Get \"ftp://me:***@h/\": unsupported protocol scheme \"ftp\"");
    }
  }

  @Test
  void areAnswersIfTheyAreNotFollowed() throws Exception {
    try (RawServer server = server(302, "/to");
        HttpSession session = clients.open(config(false))) {
      assertThat(TestClients.get(session, "http://" + server.address() + "/from").text())
          .isEqualTo("302 xx");
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,127.0.0.1,true", "localhost,127.0.0.1,false", "127.0.0.1,localhost,false"})
  void tellCredentialsToTheSameHostOnly(String first, String second, boolean told)
      throws Exception {
    try (RawServer to = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
        RawServer from = server(302, "http://%s:%d/to".formatted(second, to.port()));
        HttpSession session = clients.open(config(true))) {
      TestClients.get(session, "http://%s:%d/from".formatted(first, from.port()));
      assertThat(from.requests.take().toLowerCase(Locale.ROOT).split("\r\n"))
          .contains("authorization: bearer t0ken", "cookie: c=1", "x-own: v", "x-own: w");
      String[] headers = to.requests.take().toLowerCase(Locale.ROOT).split("\r\n");
      assertThat(headers).contains("x-own: v", "x-own: w", "host: " + second + ":" + to.port());
      if (told) {
        assertThat(headers).contains("authorization: bearer t0ken", "cookie: c=1");
      } else {
        assertThat(headers).noneMatch(h -> h.startsWith("authorization") || h.startsWith("cookie"));
      }
    }
  }

  @Test
  void whatWasTakenAwayIsNotGivenBack() throws Exception {
    try (RawServer last = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
        RawServer middle = server(302, "http://localhost:%d/to".formatted(last.port()));
        RawServer first = server(302, "http://127.0.0.1:%d/from".formatted(middle.port()));
        HttpSession session = clients.open(config(true))) {
      TestClients.get(session, "http://localhost:%d/from".formatted(first.port()));
      assertThat(last.requests.take().toLowerCase(Locale.ROOT)).doesNotContain("authorization");
    }
  }

  @Test
  void aLongBodyCostsTheConnectionAndNotTheRequest() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  if (connection.request().contains("/from")) {
                    connection.send("HTTP/1.1 302 Found\r\nLocation: /to\r\n\r\n");
                    while (true) {
                      connection.send("a".repeat(10_000));
                    }
                  }
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
                });
        HttpSession session = clients.open(config(true))) {
      assertThat(TestClients.get(session, "http://" + server.address() + "/from").text())
          .isEqualTo("200 a");
    }
  }
}
