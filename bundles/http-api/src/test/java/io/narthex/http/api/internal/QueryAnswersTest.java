package io.narthex.http.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryAnswersTest {
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> results() {
    Labels up = Labels.of("__name__", "up", "job", "a\"\\\n<b>é😀");
    return Stream.of(
        Arguments.of(
            new QueryValue.Vector(
                List.of(
                    new QueryValue.Sample(up, 1435781451781L, 1),
                    new QueryValue.Sample(Labels.EMPTY, 1000, Double.NaN))),
            "",
            """
            {"status":"success","data":{"resultType":"vector","result":[\
            {"metric":{"__name__":"up","job":"a\\"\\\\\\n<b>é😀"},"value":[1435781451.781,"1"]},\
            {"metric":{},"value":[1,"NaN"]}]}}"""),
        Arguments.of(
            new QueryValue.Vector(List.of()),
            "",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"),
        Arguments.of(
            new QueryValue.Matrix(
                List.of(
                    new QueryValue.Series(
                        Labels.of("a", "1"),
                        new long[] {0, 500, 1000},
                        new double[] {0.1, Double.POSITIVE_INFINITY, 1e21}),
                    new QueryValue.Series(Labels.of("a", "2"), new long[0], new double[0]))),
            "",
            """
            {"status":"success","data":{"resultType":"matrix","result":[\
            {"metric":{"a":"1"},"values":[[0,"0.1"],[0.500,"+Inf"],[1,"1e+21"]]},\
            {"metric":{"a":"2"}}]}}"""),
        Arguments.of(
            new QueryValue.Matrix(List.of()),
            "",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}"),
        Arguments.of(
            new QueryValue.Scalar(1435781451781L, 1e21),
            "",
            """
            {"status":"success","data":{"resultType":"scalar",\
            "result":[1435781451.781,"1000000000000000000000"]}}"""),
        Arguments.of(
            new QueryValue.Text(7, "a \"b\""),
            "",
            """
            {"status":"success","data":{"resultType":"string","result":[0.007,"a \\"b\\""]}}"""),
        Arguments.of(
            new QueryValue.Vector(
                List.of(
                    new QueryValue.Sample(Labels.of("a", "1"), 0, 1),
                    new QueryValue.Sample(Labels.of("a", "2"), 0, 2))),
            "&limit=1",
            """
            {"status":"success","data":{"resultType":"vector","result":[\
            {"metric":{"a":"1"},"value":[0,"1"]}]},\
            "warnings":["results truncated due to limit"]}"""),
        Arguments.of(
            new QueryValue.Vector(List.of(new QueryValue.Sample(Labels.of("a", "1"), 0, 1))),
            "&limit=1",
            """
            {"status":"success","data":{"resultType":"vector","result":[\
            {"metric":{"a":"1"},"value":[0,"1"]}]}}"""),
        Arguments.of(
            new QueryValue.Scalar(0, 1),
            "&limit=1&stats=yes",
            """
            {"status":"success","data":{"resultType":"scalar","result":[0,"1"]},"warnings":[\
            "query statistics (parameter \\"stats\\") are not collected by this version",\
            "value \\"yes\\" for parameter \\"stats\\" is deprecated and will be rejected in the \
            next major release, use \\"true\\" or \\"all\\""]}"""));
  }

  @ParameterizedTest
  @MethodSource("results")
  void writesResultsAsUpstream(QueryValue value, String parameters, String json) throws Exception {
    FakeEngine engine = FakeEngine.giving(new QueryResult(value, List.of(), List.of()));
    server.routes.bindEngine(engine);
    HttpResponse<byte[]> response = server.get("/query?query=x" + parameters);
    assertThat(text(response)).isEqualTo(json);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void sendsTenWarningsAndTenInfosAndCountsTheRest() throws Exception {
    List<String> many = IntStream.range(0, 12).mapToObj(i -> "n" + i).toList();
    server.routes.bindEngine(
        FakeEngine.giving(new QueryResult(new QueryValue.Scalar(0, 1), many, many)));
    String head = "[\"n0\",\"n1\",\"n2\",\"n3\",\"n4\",\"n5\",\"n6\",\"n7\",\"n8\",\"n9\",";
    assertThat(text(server.get("/query?query=x")))
        .endsWith(
            "\"warnings\":%s\"2 more warning annotations omitted\"],".formatted(head)
                + "\"infos\":%s\"2 more info annotations omitted\"]}".formatted(head));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new NarthexException(QueryErrors.PARSE, "1:4: parse error: unexpected end of input"),
            400,
            "bad_data",
            "invalid parameter \\\"query\\\": 1:4: parse error: unexpected end of input"),
        Arguments.of(
            new NarthexException(QueryErrors.EXECUTION, "many-to-many matching not allowed"),
            422,
            "execution",
            "many-to-many matching not allowed"),
        Arguments.of(
            new CompletionException(new NarthexException(QueryErrors.TOO_MANY_SAMPLES, "too many")),
            422,
            "execution",
            "too many"),
        Arguments.of(
            new NarthexException(QueryErrors.TIMEOUT, "query timed out in expression evaluation"),
            503,
            "timeout",
            "query timed out in expression evaluation"),
        Arguments.of(
            new NarthexException(QueryErrors.CANCELED, "query was canceled"),
            499,
            "canceled",
            "query was canceled"),
        Arguments.of(
            new NarthexException(QueryErrors.UNAVAILABLE, "stopping"),
            503,
            "unavailable",
            "stopping"),
        Arguments.of(new NarthexException(QueryErrors.INTERNAL, "oops"), 500, "internal", "oops"),
        Arguments.of(
            new NarthexException(new ErrorCode("a/b", ErrorKind.NOT_FOUND), "no such"),
            404,
            "not_found",
            "no such"),
        Arguments.of(
            new NarthexException(new ErrorCode("a/b", ErrorKind.RESOURCES), "too big"),
            422,
            "execution",
            "too big"),
        Arguments.of(
            new IllegalStateException("x"),
            500,
            "internal",
            "the query engine failed: java.lang.IllegalStateException: x"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void mapsFailuresToUpstreamsTypesAndStatuses(
      Throwable failure, int status, String type, String message) throws Exception {
    server.routes.bindEngine(FakeEngine.failing(failure));
    HttpResponse<byte[]> response = server.get("/query?query=x");
    assertThat(text(response))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"%s\"}"
                .formatted(type, message));
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void anEngineThatThrowsIsAnInternalError() throws Exception {
    server.routes.bindEngine(
        new FakeEngine(
            ignored -> {
              throw new IllegalStateException("closed");
            }));
    assertThat(server.get("/query?query=x").statusCode()).isEqualTo(500);
  }

  @Test
  void theEngineMayComeAndGo() throws Exception {
    FakeEngine first = FakeEngine.giving(scalar(1));
    FakeEngine second = FakeEngine.giving(scalar(2));
    try (ApiServer own = new ApiServer()) {
      HttpResponse<byte[]> without = own.get("/query_range?query=x&start=0&end=1&step=1");
      assertThat(without.statusCode()).isEqualTo(503);
      assertThat(text(without))
          .isEqualTo(
              """
              {"status":"error","errorType":"unavailable","error":"the query engine is not there: \
              bundle io.narthex.promql is not active"}""");
      own.routes.bindEngine(first);
      assertThat(text(own.get("/query?query=x"))).contains("[0,\"1\"]");
      // DS binds the new one before it unbinds the old one.
      own.routes.bindEngine(second);
      own.routes.unbindEngine(first);
      assertThat(text(own.get("/query?query=x"))).contains("[0,\"2\"]");
      own.routes.unbindEngine(second);
      assertThat(own.get("/query?query=x").statusCode()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void bigResultsAreWholeInEveryEncoding(String accept, String encoding) throws Exception {
    List<QueryValue.Series> series = new ArrayList<>();
    StringBuilder expected =
        new StringBuilder(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[");
    for (int s = 0; s < 60; s++) {
      long[] timestamps = new long[1500];
      double[] values = new double[1500];
      expected
          .append(s == 0 ? "" : ",")
          .append("{\"metric\":{\"s\":\"x%d\"},\"values\":[".formatted(s));
      for (int i = 0; i < timestamps.length; i++) {
        timestamps[i] = i * 1000L;
        values[i] = s * 1000 + i;
        expected.append(i == 0 ? "" : ",").append("[%d,\"%d\"]".formatted(i, s * 1000 + i));
      }
      expected.append("]}");
      series.add(new QueryValue.Series(Labels.of("s", "x" + s), timestamps, values));
    }
    server.routes.bindEngine(
        FakeEngine.giving(
            new QueryResult(new QueryValue.Matrix(series), List.of("w"), List.of("i"))));
    HttpResponse<byte[]> response = server.get("/query?query=x", "Accept-Encoding", accept);
    assertThat(response.headers().firstValue("Content-Encoding").orElse("")).isEqualTo(encoding);
    assertThat(response.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(decode(response.body(), encoding))
        .isEqualTo(expected.append("]},\"warnings\":[\"w\"],\"infos\":[\"i\"]}").toString());
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of("identity", ""),
        Arguments.of("gzip", "gzip"),
        Arguments.of("br, gzip", "gzip"),
        Arguments.of("gzip;q=0.5, deflate", "deflate"),
        Arguments.of("gzip;q=1.0, *;q=0.1", ""),
        Arguments.of("GZIP", ""),
        Arguments.of("deflate, gzip", "deflate"),
        Arguments.of("gzip;q=0, deflate", "deflate"),
        Arguments.of("gzip;q=0.0", ""),
        Arguments.of("br", ""));
  }

  @Test
  void smallAnswersAreNotCompressedAndHaveALength() throws Exception {
    server.routes.bindEngine(FakeEngine.giving(scalar(1)));
    HttpResponse<byte[]> response = server.get("/query?query=x", "Accept-Encoding", "gzip");
    assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length);
  }

  @Test
  void aClientThatGoesCancelsItsQuery() throws Exception {
    FakeEngine engine = new FakeEngine(ignored -> new CompletableFuture<>());
    server.routes.bindEngine(engine);
    try (Socket client = request("/api/v1/query?query=x")) {
      assertThat(engine.asked.poll(5, TimeUnit.SECONDS)).isNotNull();
      assertThat(engine.canceled.getCount()).isEqualTo(1);
    }
    assertThat(engine.canceled.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClientThatDoesNotReadHoldsNoEncoderThread() throws Exception {
    double[] values = new double[5_000_000];
    QueryValue.Series big = new QueryValue.Series(Labels.EMPTY, new long[values.length], values);
    FakeEngine engine =
        FakeEngine.giving(
            new QueryResult(new QueryValue.Matrix(List.of(big)), List.of(), List.of()));
    server.routes.bindEngine(engine);
    try (Socket client = request("/api/v1/query?query=x")) {
      awaitQuietEncoders();
      // Something came, and most of it is not even encoded.
      assertThat(client.getInputStream().read()).isEqualTo('H');
      assertThat(server.encoders().getCompletedTaskCount()).isLessThan(5_000_000 * 7 / 65_536);
    }
  }

  /** Waits until the encoders have had nothing to do for a while, or fails after 10 s. */
  private static void awaitQuietEncoders() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    long before = -1;
    while (System.nanoTime() < deadline) {
      long completed = server.encoders().getCompletedTaskCount();
      if (completed > 0 && completed == before && server.encoders().getActiveCount() == 0) {
        return;
      }
      before = completed;
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("the encoders never came to rest");
  }

  private static Socket request(String path) throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(16 * 1024);
    client.connect(new InetSocketAddress("127.0.0.1", server.port));
    OutputStream out = client.getOutputStream();
    out.write(
        "GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return client;
  }

  private static QueryResult scalar(double value) {
    return new QueryResult(new QueryValue.Scalar(0, value), List.of(), List.of());
  }

  private static String decode(byte[] body, String encoding) throws IOException {
    InputStream in = new ByteArrayInputStream(body);
    InputStream decoded =
        switch (encoding) {
          case "gzip" -> new GZIPInputStream(in);
          case "deflate" -> new InflaterInputStream(in);
          default -> in;
        };
    try (decoded) {
      return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
