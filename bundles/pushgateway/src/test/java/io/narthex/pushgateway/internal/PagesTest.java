package io.narthex.pushgateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.pushgateway.internal.peer.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
  private final PushServer server = new PushServer();

  @BeforeEach
  void start() throws Exception {
    server.storeComes();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void metricsOfTheApi() throws Exception {
    String body =
        """
        # HELP g A "gauge".
        # TYPE g gauge
        g{x="<y>"} 1234567
        # TYPE s summary
        s{quantile="0.5"} 1
        s_sum 2.5
        s_count 3
        # TYPE h histogram
        h_bucket{le="1"} 1
        h_bucket{le="+Inf"} 2
        h_sum 2.5
        h_count 2
        """;
    server.send("PUT", "/metrics/job/a/zone/z", body);
    RawHttp.Response response = server.send("GET", "/api/v1/metrics", "");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("access-control-allow-origin", "*");
    String times = "\"time_stamp\":\"[-0-9T:.]+Z\"";
    assertThat(response.body().replaceAll(times, "T").replaceAll("1\\.\\d{5,}e\\+09", "NOW"))
        .isEqualTo(
            """
            {"status":"success","data":[{"labels":{"job":"a","zone":"z"},\
            "last_push_successful":true,\
            "g":{T,"type":"GAUGE","help":"A \\"gauge\\".","metrics":[{"labels":\
            {"instance":"","job":"a","x":"<y>","zone":"z"},"value":"1.234567e+06"}]},\
            "h":{T,"type":"HISTOGRAM","metrics":[{"buckets":{"1":"1","+Inf":"2"},\
            "count":"2","labels":{"instance":"","job":"a","zone":"z"},"sum":"2.5"}]},\
            "push_failure_time_seconds":{T,"type":"GAUGE",\
            "help":"Last Unix time when changing this group in the Pushgateway failed.",\
            "metrics":[{"labels":{"instance":"","job":"a","zone":"z"},"value":"0"}]},\
            "push_time_seconds":{T,"type":"GAUGE",\
            "help":"Last Unix time when changing this group in the Pushgateway succeeded.",\
            "metrics":[{"labels":{"instance":"","job":"a","zone":"z"},"value":"NOW"}]},\
            "s":{T,"type":"SUMMARY","metrics":[{"count":"3","labels":\
            {"instance":"","job":"a","zone":"z"},"quantiles":{"0.5":"1"},"sum":"2.5"}]}}]}""");
  }

  @Test
  void aFailedPushIsSaid() throws Exception {
    server.send("PUT", "/metrics/job/a", "m 1\n");
    server.send("PUT", "/metrics/job/b", "m 1 1\n");
    String body = server.send("GET", "/api/v1/metrics", "").body();
    assertThat(body)
        .contains("{\"labels\":{\"job\":\"a\"},\"last_push_successful\":true")
        .contains("{\"labels\":{\"job\":\"b\"},\"last_push_successful\":false");
  }

  @Test
  void statusOfTheApi() throws Exception {
    RawHttp.Response response = server.send("GET", "/api/v1/status", "");
    assertThat(response.body())
        .matches(
            "\\{\"status\":\"success\",\"data\":\\{\"build_information\":\\{\"branch\":\"\","
                + "\"buildDate\":\"\",\"buildUser\":\"\",\"goVersion\":\"\",\"revision\":\"\","
                + "\"version\":\"1\\.2\\.3\"\\},\"flags\":\\{\"a\\.flag\":\"x\"\\},"
                + "\"start_time\":\"[-0-9T:.]+Z\"\\}\\}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /-/healthy, 200, OK",
    "GET, /-/ready, 200, OK",
    "PUT, /-/healthy, 405, Method Not Allowed",
    "GET, /nothing, 404, 404 page not found",
    "GET, /api/v1/nothing, 404, 404 page not found",
    "POST, /api/v1/status, 405, Method Not Allowed",
    "OPTIONS, /api/v1/status, 200, ''",
    "OPTIONS, /metrics/job/x, 200, ''",
    "PUT, /-/quit, 403, 'the pushgateway is a part of the server and does not quit alone: PUT"
        + " /-/quit stops the server'",
    "GET, /, 404, 'the pushgateway has no pages for people yet: see /pushgateway/metrics and"
        + " /pushgateway/api/v1/metrics'",
  })
  void otherPages(String method, String path, int status, String text) throws Exception {
    RawHttp.Response response = server.send(method, path, "");
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body().strip()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | underscores",
        "text/plain;version=0.0.4;escaping=allow-utf-8 | allow-utf-8",
        "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;escaping=values | values",
        "text/plain;escaping=dots | underscores",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
            + "encoding=delimited | underscores",
      })
  void theExpositionIsText(String accept, String escaping) throws Exception {
    RawHttp.Response response = server.send("GET", "/metrics", "", "Accept: " + accept);
    assertThat(response.headers())
        .containsEntry(
            "content-type", "text/plain; version=0.0.4; charset=utf-8; escaping=" + escaping);
  }

  @Test
  void everyGroupHasItsTimes() throws Exception {
    server.send("PUT", "/metrics/job/a", "");
    assertThat(server.metrics().replaceAll("1\\.\\d{5,}e\\+09", "NOW"))
        .isEqualTo(
            """
            # HELP push_failure_time_seconds Last Unix time when changing this group in the \
            Pushgateway failed.
            # TYPE push_failure_time_seconds gauge
            push_failure_time_seconds{instance="",job="a"} 0
            # HELP push_time_seconds Last Unix time when changing this group in the \
            Pushgateway succeeded.
            # TYPE push_time_seconds gauge
            push_time_seconds{instance="",job="a"} NOW
            """);
  }

  @Test
  void someFamiliesOnly() throws Exception {
    server.send("PUT", "/metrics/job/a", "m 1\nn 2\no 3\n");
    String page = server.send("GET", "/metrics?name[]=m&name[]=o", "").body();
    assertThat(page)
        .isEqualTo(
            "# TYPE m untyped\nm{instance=\"\",job=\"a\"} 1\n"
                + "# TYPE o untyped\no{instance=\"\",job=\"a\"} 3\n");
  }

  @Test
  void wipingNeedsItsFlag() throws Exception {
    server.send("PUT", "/metrics/job/a", "m 1\n");
    server.send("PUT", "/metrics/job/b", "m 1\n");
    assertThat(server.send("PUT", "/api/v1/admin/wipe", "").status()).isEqualTo(202);
    assertThat(server.metrics()).isEmpty();
    assertThat(server.store.values).isEmpty();
    try (PushServer off = new PushServer(new MemoryLogStore(), PushServer.LIMITS, 1 << 20, false)) {
      off.storeComes();
      off.send("PUT", "/metrics/job/a", "m 1\n");
      RawHttp.Response response = off.send("PUT", "/api/v1/admin/wipe", "");
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.body())
          .isEqualTo("wiping needs to be enabled with --web.enable-admin-api\n");
      assertThat(off.metrics()).contains("m{");
    }
  }

  @Test
  void requestsAreCounted() throws Exception {
    server.send("PUT", "/metrics/job/a", "m 1\n");
    server.send("POST", "/metrics/job/a", "m\n");
    server.send("DELETE", "/metrics/job/a", "");
    assertThat(server.scope.metric("pushgateway_http_requests_total{push,200,put}")).isEqualTo(1);
    assertThat(server.scope.metric("pushgateway_http_requests_total{push,400,post}")).isEqualTo(1);
    assertThat(server.scope.metric("pushgateway_http_requests_total{delete,202,delete}"))
        .isEqualTo(1);
    assertThat(server.scope.metric("pushgateway_http_push_size_bytes{put}")).isEqualTo(1);
    assertThat(server.scope.metric("pushgateway_http_push_duration_seconds{post}")).isEqualTo(1);
  }
}
