package io.narthex.http.api.internal;

import static io.narthex.http.api.internal.ApiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.target.MetricMetadata;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.http.api.internal.fake.FakeSelectors;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataRoutesTest {
  private static final MetricMetadata RT =
      new MetricMetadata("rt_total", "unknown", "", "Help of \"it\".");
  private static final MetricMetadata GAUGE = new MetricMetadata("g", "gauge", "", "a gauge");
  private static final MetricMetadata OTHER = new MetricMetadata("g", "gauge", "bytes", "");
  private static final FakeTargets TARGETS =
      new FakeTargets()
          .saying(
              FakeTargets.target("fix", new TargetEndpoint.InProcess("a"), "job", "fix", "i", "1"),
              GAUGE,
              RT)
          .saying(
              FakeTargets.target(
                  "fix", new TargetEndpoint.InProcess("b"), "job", "fix", "i", "2\n2"),
              GAUGE)
          .saying(FakeTargets.target("new", new TargetEndpoint.InProcess("c"), "job", "new"))
          .saying(
              FakeTargets.target("old", new TargetEndpoint.InProcess("d"), "job", "old"), OTHER);
  private static final FakeSelectors SELECTORS =
      new FakeSelectors(
          Map.of(
              "fix", List.of(new Matcher(MatchType.EQUAL, "job", "fix")),
              "notfix", List.of(new Matcher(MatchType.NOT_EQUAL, "job", "fix")),
              "no-i", List.of(new Matcher(MatchType.NOT_REGEX, "i", ".+")),
              "dot",
                  List.of(
                      new Matcher(MatchType.REGEX, "i", "2.2|9"),
                      new Matcher(MatchType.REGEX, "job", "fi.")),
              "part", List.of(new Matcher(MatchType.REGEX, "job", "fi"))));
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server = new ApiServer();
    server.routes.bindTargets(TARGETS);
    server.routes.bindSelectorParser(SELECTORS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static final String G1 = "{\"type\":\"gauge\",\"unit\":\"\",\"help\":\"a gauge\"}";
  private static final String G2 = "{\"type\":\"gauge\",\"unit\":\"bytes\",\"help\":\"\"}";
  private static final String R =
      "{\"type\":\"unknown\",\"unit\":\"\",\"help\":\"Help of \\\"it\\\".\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/metadata|g: G1 G2, rt_total: R",
        "/metadata?metric=g|g: G1 G2",
        "/metadata?metric=none|",
        "/metadata?limit=1|g: G1 G2",
        "/metadata?limit=0|",
        "/metadata?limit=-5|g: G1 G2, rt_total: R",
        "/metadata?limit_per_metric=1|g: G1, rt_total: R",
        "/metadata?limit_per_metric=0|g: G1 G2, rt_total: R",
        "/metadata?limit=1&limit_per_metric=1&metric=rt_total|rt_total: R"
      })
  void tellsOfEachMetricWhatIsSaidOfIt(String path, String expected) throws Exception {
    String data = expected == null ? "" : expected;
    for (Map.Entry<String, String> part : Map.of("G1", G1, "G2", G2, "R", R).entrySet()) {
      data =
          data.replaceAll(
              "\\b" + part.getKey() + "\\b",
              java.util.regex.Matcher.quoteReplacement("#" + part.getValue() + "#"));
    }
    String json =
        data.replace("# #", ",")
            .replaceAll("(\\w+): #", "\"$1\":[")
            .replace("#, ", "],")
            .replaceAll("#$", "]");
    assertThat(text(server.get(path)))
        .isEqualTo("{\"status\":\"success\",\"data\":{%s}}".formatted(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|1 g,1 rt_total,2 g,old g",
        "?limit=1|1 g,1 rt_total",
        "?limit=3|1 g,1 rt_total,2 g",
        "?limit=0|",
        "?limit=-1|1 g,1 rt_total,2 g,old g",
        "?match_target=fix|1 g,1 rt_total,2 g",
        "?match_target=notfix|old g",
        "?match_target=no-i|old g",
        "?match_target=dot|2 g",
        "?match_target=part|",
        "?metric=g&limit=2|1,2",
        "?metric=rt_total|1",
        "?metric=none|"
      })
  void tellsOfEachTargetWhatItSays(String query, String expected) throws Exception {
    String text = text(server.get("/targets/metadata" + (query == null ? "" : query)));
    StringBuilder found = new StringBuilder();
    java.util.regex.Matcher said =
        java.util.regex.Pattern.compile(
                "\\{\"target\":\\{(?:\"i\":\"(.)[^\"]*\",)?\"job\":\"(\\w+)\"},(?:\"metric\":\"(\\w+)\",)?"
                    + "\"type\":\"\\w+\",\"help\":\"(?:[^\"\\\\]|\\\\.)*\",\"unit\":\"\\w*\"}")
            .matcher(text);
    while (said.find()) {
      found
          .append(found.isEmpty() ? "" : ",")
          .append(said.group(1) == null ? said.group(2) : said.group(1))
          .append(said.group(3) == null ? "" : " " + said.group(3));
    }
    assertThat(found.toString()).isEqualTo(expected == null ? "" : expected);
    assertThat(said.replaceAll("T")).matches("\\{\"status\":\"success\",\"data\":\\[(T(,T)*)?]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/metadata?limit=x|limit must be a number",
        "/metadata?limit=1.5&limit_per_metric=x|limit must be a number",
        "/metadata?limit=1&limit_per_metric=x|limit_per_metric must be a number",
        "/targets/metadata?limit=x&match_target=bad|limit must be a number",
        "/targets/metadata?match_target=bad|invalid parameter \"match_target\": 1:1: parse error:"
            + " unexpected \"bad\""
      })
  void saysWhatIsWrongInUpstreamsWords(String path, String message) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"%s\"}"
                .formatted(message.replace("\"", "\\\"")));
  }

  @Test
  void needsTheParserOnlyToChooseTargets() throws Exception {
    try (ApiServer bare = new ApiServer()) {
      bare.routes.bindTargets(TARGETS);
      assertThat(bare.get("/targets/metadata").statusCode()).isEqualTo(200);
      HttpResponse<byte[]> response = bare.get("/targets/metadata?match_target=fix");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(text(response))
          .contains("match_target cannot be read: bundle io.narthex.promql is not active");
    }
  }
}
