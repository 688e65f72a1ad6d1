package io.narthex.http.api.internal;

import static io.narthex.http.api.internal.ApiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.http.api.internal.fake.FakeNotifications;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NotificationRoutesTest {
  private static final String FAILED =
      """
      {"text":"Configuration reload has failed.","date":"2026-11-24T23:44:09.494956912Z",\
      "active":true}""";

  private final FakeNotifications notifications = new FakeNotifications();
  private ApiServer server;

  @BeforeEach
  void start() {
    server = new ApiServer(Map.of("web.max-notifications-subscribers", "2"));
    server.routes.bindNotifications(notifications);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsWhatIsActive() throws Exception {
    assertThat(text(server.get("/notifications")))
        .isEqualTo("{\"status\":\"success\",\"data\":[]}");
    notifications.show("a", "Configuration reload has failed.");
    HttpResponse<byte[]> response = server.get("/notifications", "Origin", "http://a.example");
    assertThat(text(response))
        .isEqualTo("{\"status\":\"success\",\"data\":[%s]}".formatted(FAILED));
    assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("http://a.example");
  }

  @Test
  void saysWhoIsMissing() throws Exception {
    server.routes.unbindNotifications(notifications);
    for (String path : List.of("/notifications", "/notifications/live")) {
      HttpResponse<byte[]> response = server.get(path);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(text(response)).contains("bundle io.narthex.runtime does not offer them");
    }
  }

  @Test
  void tellsSubscribersWhatComesChangesAndGoes() throws Exception {
    notifications.show("a", "Configuration reload has failed.");
    try (Stream stream = new Stream()) {
      assertThat(stream.head)
          .startsWith("HTTP/1.1 200 OK")
          .contains(
              "content-type: text/event-stream",
              "cache-control: no-cache",
              "connection: keep-alive",
              "Vary: Origin");
      assertThat(stream.event()).isEqualTo("data: " + FAILED);
      notifications.show("b", "x");
      assertThat(stream.event()).contains("\"text\":\"x\"").contains("\"active\":true");
      notifications.show("b", "y");
      assertThat(stream.event()).contains("\"text\":\"y\"").contains("\"active\":true");
      notifications.withdraw("a");
      assertThat(stream.event())
          .isEqualTo("data: " + FAILED.replace("\"active\":true", "\"active\":false"));
      // Each change is told once, however often is looked.
      for (String text : List.of("z", "w")) {
        notifications.show("b", text);
        assertThat(stream.event()).contains("\"text\":\"%s\"".formatted(text));
      }
      notifications.show("a", "again");
      assertThat(stream.event()).contains("\"text\":\"again\"").contains("\"active\":true");
    }
  }

  @Test
  void theHeadComesBeforeThereIsAnythingToTell() throws Exception {
    try (Stream stream = new Stream()) {
      assertThat(stream.head).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void moreThanTheLimitGet204AndAPlaceBecomesFree() throws Exception {
    try (Stream first = new Stream()) {
      try (Stream second = new Stream()) {
        assertThat(List.of(first.head.getFirst(), second.head.getFirst()))
            .containsOnly("HTTP/1.1 200 OK");
        assertThat(subscribers()).isEqualTo(2);
        HttpResponse<byte[]> third = server.get("/notifications/live");
        assertThat(third.statusCode()).isEqualTo(204);
        assertThat(third.headers().firstValue("Content-Type")).contains("text/event-stream");
      }
      server.await("the place becomes free", () -> subscribers() == 1);
      try (Stream again = new Stream()) {
        assertThat(again.head).startsWith("HTTP/1.1 200 OK");
      }
    }
    server.await("all places become free", () -> subscribers() == 0);
    try (Stream last = new Stream()) {
      notifications.show("a", "seen after nobody had looked");
      assertThat(last.event()).contains("seen after nobody had looked");
    }
  }

  @Test
  void streamsEndWithTheScope() throws Exception {
    try (Stream stream = new Stream()) {
      server.scope.close();
      assertThat(stream.in.readLine()).isEqualTo("0");
      assertThat(server.get("/notifications/live").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void goesOnWhenTheServiceIsReplaced() throws Exception {
    notifications.show("a", "Configuration reload has failed.");
    try (Stream stream = new Stream()) {
      assertThat(stream.event()).isEqualTo("data: " + FAILED);
      FakeNotifications next = new FakeNotifications();
      next.show("b", "new");
      server.routes.bindNotifications(next);
      server.routes.unbindNotifications(notifications);
      assertThat(stream.event()).contains("\"text\":\"new\"");
      assertThat(stream.event()).contains("\"active\":false");
    }
  }

  private double subscribers() {
    return server
        .scope
        .metrics
        .asked
        .get("prometheus_api_notification_active_subscribers")
        .getAsDouble();
  }

  /** A client that reads events. */
  private final class Stream implements AutoCloseable {
    final Socket socket;
    final BufferedReader in;
    final List<String> head = new ArrayList<>();

    Stream() throws IOException {
      socket = new Socket("127.0.0.1", server.port);
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/notifications/live HTTP/1.1\r\nHost: x\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
    }

    /** The next event, each in a chunk of its own. */
    String event() throws IOException {
      int length = Integer.parseInt(in.readLine(), 16);
      String data = in.readLine();
      assertThat(data.getBytes(StandardCharsets.UTF_8)).hasSize(length - 2);
      assertThat(in.readLine()).isEmpty();
      assertThat(in.readLine()).isEmpty();
      return data;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
