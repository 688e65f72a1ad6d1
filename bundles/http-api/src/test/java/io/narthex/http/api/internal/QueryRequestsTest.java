package io.narthex.http.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryOptions;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class QueryRequestsTest {
  private static final QueryResult ONE =
      new QueryResult(
          new QueryValue.Vector(List.of(new QueryValue.Sample(Labels.EMPTY, 1000, 1))),
          List.of(),
          List.of());

  private static ApiServer server;
  private final FakeEngine engine = FakeEngine.giving(ONE);

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void forgetEngine() {
    server.routes.unbindEngine(engine);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/requests/bad.tsv", delimiter = '\t', quoteCharacter = '\0')
  void saysWhatIsWrongInUpstreamsWords(String path, String message) throws Exception {
    server.routes.bindEngine(engine);
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(text(response))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"%s\"}"
                .formatted(message.replace("\\", "\\\\").replace("\"", "\\\"")));
    assertThat(engine.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/requests/good.tsv", delimiter = '\t', quoteCharacter = '\0')
  void understands(String path, String expected) throws Exception {
    server.routes.bindEngine(engine);
    // URI does not take what a careless client sends, so that one goes as a form.
    HttpResponse<byte[]> response =
        path.contains("%zz")
            ? post(path.substring(0, path.indexOf('?')), path.substring(path.indexOf('?') + 1))
            : server.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(describe(engine.asked.poll(5, TimeUnit.SECONDS))).isEqualTo(expected);
  }

  @Test
  void readsAPostedFormBeforeTheUrl() throws Exception {
    server.routes.bindEngine(engine);
    post("/query?query=url&time=2", "query=form");
    assertThat(describe(engine.asked.poll(5, TimeUnit.SECONDS))).isEqualTo("Instant form 2000");
  }

  @Test
  void readsFormsThatAreLong() throws Exception {
    server.routes.bindEngine(engine);
    String query = "x".repeat(1_000_000);
    HttpResponse<byte[]> response = post("/query", "time=1&query=" + query);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(engine.asked.poll(5, TimeUnit.SECONDS).expression()).isEqualTo(query);
  }

  @Test
  void refusesFormsThatAreTooLong() throws Exception {
    server.routes.bindEngine(engine);
    HttpResponse<byte[]> response = post("/query", "query=" + "x".repeat(10 * 1024 * 1024));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).contains("the form is longer than 10485760 bytes");
    assertThat(engine.asked).isEmpty();
  }

  @Test
  void refusesMultipartForms() throws Exception {
    HttpResponse<byte[]> response =
        server.post("/query", "multipart/form-data; boundary=b", "--b--");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .contains("multipart forms are not read, send application/x-www-form-urlencoded");
  }

  @Test
  void ignoresABodyThatIsNoForm() throws Exception {
    server.routes.bindEngine(engine);
    server.post("/query?query=url&time=1", "text/plain", "query=body");
    assertThat(describe(engine.asked.poll(5, TimeUnit.SECONDS))).isEqualTo("Instant url 1000");
  }

  private static HttpResponse<byte[]> post(String path, String form) throws Exception {
    return server.post(path, "application/x-www-form-urlencoded; charset=utf-8", form);
  }

  private static String describe(Query query) {
    return switch (query) {
      case Query.Instant(String expression, long time, QueryOptions options) ->
          "Instant %s %d%s".formatted(expression, time, describe(options));
      case Query.Range(String expression, long start, long end, long step, QueryOptions options) ->
          "Range %s %d %d %d%s".formatted(expression, start, end, step, describe(options));
    };
  }

  private static String describe(QueryOptions options) {
    return options.timeout().map(timeout -> " timeout=" + timeout).orElse("")
        + options.lookback().map(lookback -> " lookback=" + lookback).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
