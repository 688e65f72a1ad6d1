package io.narthex.remote.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.remote.internal.wire.Message;
import io.narthex.remote.internal.write.FakeStorage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WriteRoutesTest {
  private static final byte[] GOOD =
      Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1)).metadata("a").snappy();

  private final FakeStorage storage = new FakeStorage();
  private WriteServer server;
  private boolean stopped;

  @BeforeEach
  void start() {
    server = new WriteServer(true, 100_000_000);
    server.routes.bindStorage(storage);
  }

  @AfterEach
  void stop() throws Exception {
    // What still waits when it stops goes with the component.
    if (!stopped) {
      await(() -> server.metric("narthex_remote_write_body_bytes") == 0);
    }
    server.close();
    assertThat(storage.openAppenders()).isZero();
  }

  @Test
  void stores() throws Exception {
    HttpResponse<String> response =
        server.post(
            GOOD,
            "Content-Type",
            "application/x-protobuf",
            "Content-Encoding",
            "snappy",
            "X-Prometheus-Remote-Write-Version",
            "0.1.0");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-prometheus"));
    assertThat(storage.samples("__name__", "a")).isEqualTo("1=1");
    assertThat(server.metric("narthex_remote_write_requests_total{204}")).isEqualTo(1);
  }

  @Test
  void keepsTheGoodPart() throws Exception {
    byte[] body =
        Message.writeRequest(
                s -> s.labels("job", "a").sample(1, 1), s -> s.labels("__name__", "b").sample(1, 1))
            .snappy();
    HttpResponse<String> response = server.post(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("invalid metric name or labels, got {job=\"a\"}\n");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(storage.samples("__name__", "b")).isEqualTo("1=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 400 | snappy: corrupt input: the block is wrong: it ends within its declared length,"
            + " after 0 bytes",
        "0561616161 | 400 | snappy: corrupt input: the block is wrong: it does not decompress to"
            + " the 5 bytes that it declares",
        "ffffffff0f | 400 | decoded size exceeds the 33554432 bytes limit",
        "01000a | 400 | unexpected EOF: the write request ends early, at byte 1 of the message",
        "00 | 204 | ''",
      })
  void answersBadBodies(String hex, int status, String text) throws Exception {
    HttpResponse<String> response = server.post(HexFormat.of().parseHex(hex));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(text.isEmpty() ? "" : text + "\n");
    assertThat(server.metric("narthex_remote_write_requests_total{" + status + "}")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type, text/plain, expected application/x-protobuf as the first (media) part",
    "Content-Encoding, gzip, gzip encoding (compression) is not accepted by this server; only",
    "Content-Type, application/x-protobuf;proto=io.prometheus.write.v2.Request,"
        + " io.prometheus.write.v2.Request protobuf message is not accepted by this server;"
  })
  void refusesOtherMessages(String header, String value, String text) throws Exception {
    HttpResponse<String> response = server.post(GOOD, header, value);
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).startsWith(text);
    assertThat(server.post(GOOD).statusCode()).isEqualTo(204);
  }

  @Test
  void refusesALongBodyByItsLength() throws Exception {
    HttpResponse<String> response = server.post(new byte[RequestBody.MAX_BYTES + 1]);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).isEqualTo("request body exceeds the 33554432 bytes limit\n");
  }

  @Test
  void refusesALongBodyThatDoesNotSayItsLengthAndDoesNotReadOnForEver() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port)) {
      byte[] chunk =
          ("100000\r\n" + "x".repeat(0x100000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      socket
          .getOutputStream()
          .write(
              ascii(
                  "POST /api/v1/write HTTP/1.1\r\nHost: x\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n"));
      for (int i = 0; i < 33; i++) {
        socket.getOutputStream().write(chunk);
      }
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
      assertThat(sendUntilClosed(socket, chunk)).isTrue();
    }
  }

  private static boolean sendUntilClosed(Socket socket, byte[] chunk) {
    try {
      for (int i = 0; i < 200; i++) {
        socket.getOutputStream().write(chunk);
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void letsAClientThatAsksSendItsBody() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port)) {
      socket
          .getOutputStream()
          .write(
              ascii(
                  "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                      + "Content-Length: "
                      + GOOD.length
                      + "\r\n\r\n"));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(25), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      socket.getOutputStream().write(GOOD);
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 204");
    }
  }

  @Test
  void freesWhatAClientSentThatWentAway() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port)) {
      socket
          .getOutputStream()
          .write(ascii("POST /api/v1/write HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"));
      await(() -> server.metric("narthex_remote_write_body_bytes") > 0);
    }
    await(() -> server.metric("narthex_remote_write_body_bytes") == 0);
  }

  @Test
  void refusesMoreThanMayBeReceivedAtOnce() throws Exception {
    try (WriteServer small = new WriteServer(true, 100_000)) {
      small.routes.bindStorage(storage);
      HttpResponse<String> response = small.post(new byte[200_000]);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body())
          .isEqualTo("too much is being received at once, send it again later\n");
      assertThat(response.headers().firstValue("Retry-After")).contains("5");
      assertThat(small.post(GOOD).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void saysThatTheFlagIsOff() throws Exception {
    try (WriteServer off = new WriteServer(false, 1)) {
      off.routes.bindStorage(storage);
      HttpResponse<String> response = off.post(GOOD);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body())
          .isEqualTo(
              "remote write receiver needs to be enabled with"
                  + " --web.enable-remote-write-receiver\n");
      assertThat(storage.sources()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, '', 405, Method Not Allowed",
    "PUT, '', 405, Method Not Allowed",
    "DELETE, /, 405, Method Not Allowed",
    "GET, /x, 404, 404 page not found",
    "POST, /x, 404, 404 page not found",
  })
  void answersOtherRequestsAsUpstream(String method, String path, int status, String text)
      throws Exception {
    HttpResponse<String> response = server.send(method, path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(text + "\n");
    assertThat(response.headers().firstValue("Allow").orElse(""))
        .isEqualTo(status == 405 ? "OPTIONS, POST" : "");
    assertThat(server.send("OPTIONS", "").statusCode()).isEqualTo(204);
  }

  @Test
  void worksWhenTheStorageComesAndGoes() throws Exception {
    assertThat(server.post(GOOD).statusCode()).isEqualTo(204);
    FakeStorage next = new FakeStorage();
    server.routes.bindStorage(next);
    server.routes.unbindStorage(storage);
    assertThat(storage.openAppenders()).isZero();
    assertThat(server.post(GOOD).statusCode()).isEqualTo(204);
    assertThat(next.samples("__name__", "a")).isEqualTo("1=1");

    server.routes.unbindStorage(next);
    assertThat(next.openAppenders()).isZero();
    HttpResponse<String> response = server.post(GOOD);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("the storage is not there now, send it again later\n");
    assertThat(response.headers().firstValue("Retry-After")).contains("5");

    server.routes.bindStorage(storage);
    assertThat(server.post(GOOD).statusCode()).isEqualTo(204);
  }

  @Test
  void answersEvenWhenItsCodeIsBroken() throws Exception {
    storage.breakCode(true);
    HttpResponse<String> response = server.post(GOOD);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("internal error, the server's log says more\n");
    assertThat(storage.openAppenders()).isZero();
    storage.breakCode(false);
    assertThat(server.post(GOOD).statusCode()).isEqualTo(204);
    assertThat(storage.samples("__name__", "a")).isEqualTo("1=1");
  }

  @Test
  void refusesMoreThanMayWait() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    storage.holdCommits(gate);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 1 + WriteLanes.QUEUE + 3; i++) {
      answers.add(server.postAsync(GOOD));
    }
    await(() -> server.metric("narthex_remote_write_requests_total{503}") == 3);
    gate.countDown();
    List<Integer> codes = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      codes.add(answer.get(20, TimeUnit.SECONDS).statusCode());
    }
    assertThat(codes).containsOnly(204, 503);
    assertThat(codes.stream().filter(code -> code == 503)).hasSize(3);
  }

  @Test
  void answersAllThatWaitWhenItStops() throws Exception {
    storage.holdCommits(new CountDownLatch(1));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(server.postAsync(GOOD));
    }
    await(() -> server.metric("narthex_remote_write_body_bytes") >= 5 * 1024);
    server.routes.stop();
    stopped = true;
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      HttpResponse<String> response = answer.get(20, TimeUnit.SECONDS);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).isEqualTo("the receiver is stopping, send it again later\n");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("condition within 20 s").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
