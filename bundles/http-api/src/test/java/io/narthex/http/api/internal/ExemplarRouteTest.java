package io.narthex.http.api.internal;

import static io.narthex.http.api.internal.ApiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.http.api.internal.fake.FakeSelectors;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExemplarRouteTest {
  private final FakeSelectors parser =
      new FakeSelectors(
          Map.of(
              "a", List.of(new Matcher(MatchType.EQUAL, "__name__", "a")),
              "b", List.of(new Matcher(MatchType.EQUAL, "__name__", "b"))));
  private final FakeStorage storage = new FakeStorage();
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
  }

  @Test
  void writesExemplarsAsUpstream() throws Exception {
    storage.exemplars(
        new ExemplarSeries(
            Labels.of("__name__", "lat_bucket", "le", "1.0"),
            List.of(
                new Exemplar(Labels.of("trace_id", "abc", "span", "d"), 1e-7, 1_795_563_836_199L))),
        new ExemplarSeries(
            Labels.of("__name__", "rt_total"),
            List.of(
                new Exemplar(Labels.EMPTY, 0.5, 2000),
                new Exemplar(Labels.EMPTY, Double.NaN, 2500))),
        new ExemplarSeries(Labels.of("__name__", "none"), List.of()));
    assertThat(text(server.get("/query_exemplars?query=a%2Bb")))
        .isEqualTo(
            """
            {"status":"success","data":[\
            {"seriesLabels":{"__name__":"lat_bucket","le":"1.0"},"exemplars":[\
            {"labels":{"span":"d","trace_id":"abc"},"value":"1e-07","timestamp":1795563836.199}]},\
            {"seriesLabels":{"__name__":"rt_total"},"exemplars":[\
            {"labels":{},"value":"0.5","timestamp":2},\
            {"labels":{},"value":"NaN","timestamp":2.500}]},\
            {"seriesLabels":{"__name__":"none"},"exemplars":[]}]}""");
    assertThat(storage.asked)
        .containsExactly("series-reader -9223309901257974000 9223309901257974999 2");
  }

  @Test
  void sendsManyInPieces() throws Exception {
    storage.exemplars(
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new ExemplarSeries(
                        Labels.of("n", "s" + i),
                        IntStream.range(0, 1000)
                            .mapToObj(j -> new Exemplar(Labels.of("id", "x" + j), j, j * 1000L))
                            .toList()))
            .toArray(ExemplarSeries[]::new));
    HttpResponse<byte[]> response = server.get("/query_exemplars?query=a");
    assertThat(response.headers().firstValue("Transfer-Encoding")).contains("chunked");
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      expected.append(i == 0 ? "" : ",").append("{\"seriesLabels\":{\"n\":\"s%d\"},".formatted(i));
      expected.append("\"exemplars\":[");
      for (int j = 0; j < 1000; j++) {
        expected.append(j == 0 ? "" : ",");
        expected.append(
            "{\"labels\":{\"id\":\"x%1$d\"},\"value\":\"%1$d\",\"timestamp\":%1$d}".formatted(j));
      }
      expected.append("]}");
    }
    assertThat(text(response))
        .isEqualTo("{\"status\":\"success\",\"data\":[%s]}".formatted(expected));
  }

  @Test
  void takesAForm() throws Exception {
    HttpResponse<byte[]> response =
        server.post(
            "/query_exemplars?query=b&end=9",
            "application/x-www-form-urlencoded",
            "query=a&start=1.5&end=1970-01-01T00:00:02Z");
    assertThat(text(response)).isEqualTo("{\"status\":\"success\",\"data\":[]}");
    assertThat(storage.asked).containsExactly("series-reader 1500 2000 1");
  }

  @Test
  void anExpressionWithoutSelectorsHasNoAnswer() throws Exception {
    HttpResponse<byte[]> response = server.get("/query_exemplars?query=1");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).isEmpty();
    assertThat(storage.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?query=a&start=x|invalid parameter \"start\": invalid time value for 'start': cannot parse"
            + " \"x\" to a valid timestamp",
        "?query=a&end=x|invalid parameter \"end\": invalid time value for 'end': cannot parse \"x\""
            + " to a valid timestamp",
        "?query=bad&start=2&end=1|end timestamp must not be before start timestamp",
        "?query=bad|1:1: parse error: unexpected \"bad\"",
        "|1:1: parse error: unexpected \"\""
      })
  void saysWhatIsWrongInUpstreamsWords(String query, String message) throws Exception {
    HttpResponse<byte[]> response = server.get("/query_exemplars" + (query == null ? "" : query));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"%s\"}"
                .formatted(message.replace("\"", "\\\"")));
    assertThat(storage.asked).isEmpty();
  }

  @Test
  void saysWhichBundleIsMissing() throws Exception {
    server.routes.unbindSelectorParser(parser);
    assertThat(error(503)).contains("query cannot be read: bundle io.narthex.promql is not active");
    server.routes.bindSelectorParser(parser);
    server.routes.unbindStorage(storage);
    assertThat(error(503)).contains("bundle io.narthex.storage is not active");
  }

  @Test
  void anErrorOfTheJvmIsAnsweredAndNotSwallowed() throws Exception {
    BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    ThreadFactory usual = server.readers().getThreadFactory();
    server
        .readers()
        .setThreadFactory(
            task -> {
              Thread thread = usual.newThread(task);
              thread.setUncaughtExceptionHandler((died, e) -> uncaught.add(e));
              return thread;
            });
    StackOverflowError failure = new StackOverflowError("deep");
    storage.failWith(failure);
    assertThat(error(500)).contains("could not be read: java.lang.StackOverflowError: deep");
    assertThat(uncaught.poll(10, TimeUnit.SECONDS)).isSameAs(failure);
    storage.failWith(null);
    assertThat(server.get("/query_exemplars?query=a").statusCode()).isEqualTo(200);
  }

  private String error(int status) throws Exception {
    HttpResponse<byte[]> response = server.get("/query_exemplars?query=a");
    assertThat(response.statusCode()).isEqualTo(status);
    return text(response);
  }
}
