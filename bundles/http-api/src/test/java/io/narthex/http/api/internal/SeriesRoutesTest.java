package io.narthex.http.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.SelectorParser;
import io.narthex.http.api.internal.fake.FakeSelectors;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesRoutesTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Map<String, List<Matcher>> SELECTORS =
      Map.of(
          "up", List.of(new Matcher(MatchType.EQUAL, "__name__", "up")),
          "down", List.of(new Matcher(MatchType.EQUAL, "__name__", "down")),
          "named", List.of(new Matcher(MatchType.REGEX, "__name__", ".+")),
          "all", List.of(new Matcher(MatchType.REGEX, "__name__", ".*")),
          "{}", List.of(),
          "{a=\"\"}", List.of(new Matcher(MatchType.EQUAL, "a", "")),
          "{a!=\"b\"}", List.of(new Matcher(MatchType.NOT_EQUAL, "a", "b")),
          "{a!~\".+\"}", List.of(new Matcher(MatchType.NOT_REGEX, "a", ".+")));

  private final SelectorParser parser = new FakeSelectors(SELECTORS);
  private final FakeStorage storage =
      new FakeStorage()
          .with(1000, "__name__", "up", "job", "node", "a", "1")
          .with(2000, "__name__", "up", "job", "api", "b.c", "é\"")
          .with(3000, "__name__", "down", "job", "node")
          .with(3000, "__name__", "other", "values", "v");
  private ApiServer server;

  @BeforeEach
  void start() {
    server = new ApiServer();
    server.routes.bindStorage(storage);
    server.routes.bindSelectorParser(parser);
  }

  @AfterEach
  void stop() {
    server.close();
    assertThat(storage.open).hasValue(0);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/requests/series-bad.tsv", delimiter = '\t', quoteCharacter = '\0')
  void saysWhatIsWrongInUpstreamsWords(String path, String message) throws Exception {
    // URI does not take what a careless client sends, so that goes over a plain socket.
    String answer = raw(path);
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(body(answer))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"%s\"}"
                .formatted(message.replace("\\", "\\\\").replace("\"", "\\\"")));
    assertThat(storage.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/requests/series-good.tsv", delimiter = '\t', quoteCharacter = '\0')
  void answersAsUpstream(String path, String rest) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(text(response)).isEqualTo("{\"status\":\"success\",\"data\":" + rest + "}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/labels|-9223309901257974000 9223309901257974999",
        "/labels?start=1.5|1500 9223309901257974999",
        "/label/job/values?end=1970-01-01T00:00:02Z|-9223309901257974000 2000",
        "/series?match[]=up&start=1&end=3|1000 3000"
      })
  void readsTheRangeOnAThreadOfItsOwn(String path, String range) throws Exception {
    assertThat(server.get(path.replace("[]", "%5B%5D")).statusCode()).isEqualTo(200);
    assertThat(storage.asked).containsExactly("series-reader " + range);
  }

  @Test
  void takesSelectorsOfFormAndUrlTogetherAndOtherParametersOfTheFormFirst() throws Exception {
    assertThat(text(server.post("/series?match%5B%5D=down&limit=9", FORM, "match[]=up&limit=2")))
        .isEqualTo(
            """
            {"status":"success","data":[{"__name__":"down","job":"node"},\
            {"__name__":"up","a":"1","job":"node"}],\
            "warnings":["results truncated due to limit"]}""");
    assertThat(text(server.post("/labels", FORM, "match[]=down")))
        .isEqualTo("{\"status\":\"success\",\"data\":[\"__name__\",\"job\"]}");
  }

  @Test
  void passesTheStoragesWarningsOn() throws Exception {
    storage.warning("a block is broken");
    assertThat(text(server.get("/series?match%5B%5D=down&match%5B%5D=down")))
        .isEqualTo(
            """
            {"status":"success","data":[{"__name__":"down","job":"node"}],\
            "warnings":["a block is broken"]}""");
  }

  @Test
  void sendsALongListInPieces() throws Exception {
    StringBuilder expected = new StringBuilder("{\"status\":\"success\",\"data\":[");
    for (int i = 100_000; i < 110_000; i++) {
      storage.with(1, "__name__", "long", "n", String.valueOf(i));
      expected.append(i == 100_000 ? "\"" : ",\"").append(i).append('"');
    }
    HttpResponse<byte[]> response = server.get("/label/n/values", "Accept-Encoding", "gzip");
    assertThat(response.headers().firstValue("Transfer-Encoding")).contains("chunked");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(expected.append("]}").toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"/series?match%5B%5D=up", "/labels", "/label/job/values"})
  void saysWhichBundleIsMissing(String path) throws Exception {
    server.routes.unbindStorage(storage);
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response))
        .isEqualTo(
            """
            {"status":"error","errorType":"unavailable","error":"the storage is not there: \
            bundle io.narthex.storage is not active"}""");
    server.routes.bindStorage(storage);
    assertThat(server.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void needsTheParserOnlyForSelectors() throws Exception {
    server.routes.unbindSelectorParser(parser);
    assertThat(server.get("/labels").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> response = server.get("/labels?match%5B%5D=up");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response))
        .isEqualTo(
            """
            {"status":"error","errorType":"unavailable","error":"match[] cannot be read: \
            bundle io.narthex.promql is not active"}""");
  }

  @Test
  void keepsTheStorageThatCameBeforeTheOldOneWent() throws Exception {
    FakeStorage next = new FakeStorage().with(1, "__name__", "next");
    server.routes.bindStorage(next);
    server.routes.unbindStorage(storage);
    assertThat(text(server.get("/label/__name__/values"))).contains("[\"next\"]");
  }

  @Test
  void aReadThatFailsTellsTheCause() throws Exception {
    server.routes.unbindSelectorParser(parser);
    server.routes.bindSelectorParser(new BrokenParser());
    HttpResponse<byte[]> response = server.get("/labels?match%5B%5D=up");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(text(response))
        .isEqualTo(
            """
            {"status":"error","errorType":"internal","error":"series, labels or exemplars could not be read: \
            java.lang.IllegalStateException: boom"}""");
  }

  @Test
  void aClientThatGoesEndsItsRead() throws Exception {
    storage.blocking();
    try (Socket client = request("/labels")) {
      assertThat(storage.blocked.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
      assertThat(storage.open).hasValue(1);
      assertThat(client.isConnected()).isTrue();
    }
    awaitNoneOpen();
  }

  @Test
  void aClientThatDoesNotReadHoldsNoQuerier() throws Exception {
    String text = "x".repeat(1000);
    for (int i = 0; i < 20_000; i++) {
      storage.with(1, "__name__", "long", "n", text + i);
    }
    try (Socket client = request("/label/n/values")) {
      assertThat(client.getInputStream().read()).isEqualTo('H');
      awaitNoneOpen();
      assertThat(client.getInputStream().available()).isLessThan(20_000_000);
    }
  }

  @Test
  void moreRequestsThanMayWaitAreRefused() throws Exception {
    storage.blocking();
    int most =
        server.readers().getMaximumPoolSize() + server.readers().getQueue().remainingCapacity();
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < most; i++) {
        clients.add(request("/labels"));
      }
      awaitFullQueue();
      HttpResponse<byte[]> response = server.get("/labels");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(text(response))
          .contains("too many requests for series, labels or exemplars wait already");
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    awaitNoneOpen();
  }

  private record BrokenParser() implements SelectorParser {
    @Override
    public List<Matcher> parse(String selector) {
      throw new IllegalStateException("boom");
    }

    @Override
    public List<List<Matcher>> selectors(String expression) {
      throw new IllegalStateException("boom");
    }
  }

  private void awaitFullQueue() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (server.readers().getQueue().remainingCapacity() > 0) {
      assertThat(System.nanoTime()).as("the queue fills in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private void awaitNoneOpen() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (storage.open.get() > 0
        || server.readers().getActiveCount() > 0
        || !server.readers().getQueue().isEmpty()) {
      assertThat(System.nanoTime()).as("reads end in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private Socket request(String path) throws Exception {
    Socket client = new Socket("127.0.0.1", server.port);
    OutputStream out = client.getOutputStream();
    out.write(
        "GET /api/v1%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            .formatted(path)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
    return client;
  }

  private String raw(String path) throws Exception {
    try (Socket client = request(path)) {
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
