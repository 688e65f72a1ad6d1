package io.narthex.http.api.internal;

import static io.narthex.http.api.internal.ApiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.relabel.Relabelling;
import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.target.TargetHealth;
import io.narthex.api.target.TargetPool;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetRoutesTest {
  private static final RelabelRule DROP_Y = rule(List.of("x"), "y", 0, "", RelabelAction.DROP);
  private static final RelabelRule SET_Z = rule(List.of(), "(.*)", 7, "z", RelabelAction.REPLACE);

  /** Two rules that the test knows. */
  private final Relabelling relabelling =
      rules -> {
        Relabeller drop = labels -> labels.get("x").equals("y") ? null : labels;
        Relabeller set = labels -> labels.toBuilder().set("z", "set").build();
        assertThat(rules).hasSize(1);
        return rules.getFirst().action() == RelabelAction.DROP ? drop : set;
      };

  private final FakeTargets targets =
      new FakeTargets()
          .with(
              new ScrapedTarget(
                  FakeTargets.target(
                      "node",
                      new TargetEndpoint.Http(URI.create("http://h:9100/metrics?a=b")),
                      "job",
                      "node",
                      "instance",
                      "localhost:9090"),
                  TargetHealth.UP,
                  1_700_000_000_120L,
                  0.0125,
                  ""))
          .with(
              new ScrapedTarget(
                  FakeTargets.target(
                      "x",
                      new TargetEndpoint.InProcess("x"),
                      "job",
                      "x",
                      "instance",
                      "localhost:9090"),
                  TargetHealth.DOWN,
                  0,
                  0,
                  "boom \"<\""));
  private ApiServer server;

  @BeforeEach
  void start() {
    server = new ApiServer();
    server.routes.bindTargets(targets);
    server.routes.bindRelabelling(relabelling);
    server.configuration.publish(
        new PrometheusConfig(
            "prometheus.yml",
            new GlobalConfig(
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Labels.EMPTY),
            List.of(job("node", List.of(DROP_Y, SET_Z)), job("empty", List.of())),
            RuleSettings.NONE,
            1,
            0,
            "global: {}\n"));
    server.registry.publish(
        "discovery",
        List.of(
            new TargetPool(
                "node",
                List.of(),
                List.of(Labels.of("__address__", "a:1", "x", "y"), Labels.of("__address__", "b:1")),
                5,
                ""),
            new TargetPool("é", List.of(), List.of(), 0, "")));
    server.registry.publish(
        "exporters",
        List.of(new TargetPool("x", List.of(), List.of(Labels.of("__address__", "c:1")), 1, "")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsTargetsAsUpstream() throws Exception {
    assertThat(text(server.get("/targets")))
        .isEqualTo(
            """
            {"status":"success","data":{"activeTargets":[\
            {"discoveredLabels":{"__address__":"h:9100"},\
            "labels":{"instance":"localhost:9090","job":"node"},"scrapePool":"node",\
            "scrapeUrl":"http://h:9100/metrics?a=b","globalUrl":"http://h:9100/metrics?a=b",\
            "lastError":"","lastScrape":"2023-11-14T22:13:20.12Z","lastScrapeDuration":0.0125,\
            "health":"up","scrapeInterval":"1m30s","scrapeTimeout":"10s"},\
            {"discoveredLabels":{"__address__":"h:9100"},\
            "labels":{"instance":"localhost:9090","job":"x"},"scrapePool":"x",\
            "scrapeUrl":"http://localhost:9090/exporters/x/metrics",\
            "globalUrl":"http://%s:9090/exporters/x/metrics",\
            "lastError":"boom \\"<\\"","lastScrape":"0001-01-01T00:00:00Z","lastScrapeDuration":0,\
            "health":"down","scrapeInterval":"1m30s","scrapeTimeout":"10s"}],\
            "droppedTargets":[\
            {"discoveredLabels":{"__address__":"a:1","x":"y"},"scrapePool":"node"},\
            {"discoveredLabels":{"__address__":"b:1"},"scrapePool":"node"},\
            {"discoveredLabels":{"__address__":"c:1"},"scrapePool":"x"}],\
            "droppedTargetCounts":{"empty":0,"node":5,"x":1,"é":0}}}"""
                .formatted(HostName.find()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?state=active|2|0|null",
        "?state=ANY|2|3|counts",
        "?state=dropped|0|3|counts",
        "?state=other|0|0|null",
        "?scrapePool=x|1|1|counts",
        "?scrapePool=node&state=dropped|0|2|counts",
        "?scrapePool=none|0|0|counts"
      })
  void choosesTargetsByStateAndPool(String query, int active, int dropped, String counts)
      throws Exception {
    String text = text(server.get("/targets" + query));
    assertThat(text.split("\"health\"", -1)).hasSize(active + 1);
    assertThat(text.split("\"discoveredLabels\"", -1)).hasSize(active + dropped + 1);
    assertThat(text)
        .endsWith(
            "\"droppedTargetCounts\":%s}}"
                .formatted(
                    counts.equals("counts") ? "{\"empty\":0,\"node\":5,\"x\":1,\"é\":0}" : counts));
  }

  @Test
  void manyDroppedTargetsAreSentInPieces() throws Exception {
    List<Labels> many =
        IntStream.range(0, 5000).mapToObj(i -> Labels.of("__address__", "host-" + i)).toList();
    server.registry.publish(
        "discovery", List.of(new TargetPool("node", List.of(), many, 5000, "")));
    HttpResponse<byte[]> response = server.get("/targets?state=dropped&scrapePool=node");
    assertThat(response.headers().firstValue("Transfer-Encoding")).contains("chunked");
    assertThat(text(response))
        .contains("\"host-0\"")
        .contains("\"host-4999\"")
        .endsWith("\"droppedTargetCounts\":{\"empty\":0,\"node\":5000,\"x\":1}}}");
    assertThat(text(response).split("\"scrapePool\"", -1)).hasSize(5001);
  }

  @Test
  void namesThePoolsOfTheConfigurationAndOfOtherParts() throws Exception {
    assertThat(text(server.get("/scrape_pools")))
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"scrapePools\":[\"empty\",\"node\",\"x\",\"é\"]}}");
  }

  @ParameterizedTest
  @CsvSource({"/targets", "/metadata", "/targets/metadata"})
  void saysWhichBundleIsMissingForTargets(String path) throws Exception {
    server.routes.unbindTargets(targets);
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response))
        .isEqualTo(
            """
            {"status":"error","errorType":"unavailable","error":"the targets are not there: \
            bundle io.narthex.scrape is not active"}""");
    server.routes.bindTargets(targets);
    assertThat(server.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"x\":\"y\"}|{},false {},false",
        "{\"x\":\"no\",\"e\":\"\",\"n\":null}|{\"x\":\"no\"},true {\"x\":\"no\",\"z\":\"set\"},true",
        "{\"x\":\"y\",\"x\":\"n\"}|{\"x\":\"n\"},true {\"x\":\"n\",\"z\":\"set\"},true",
        "null|{},true {\"z\":\"set\"},true",
        " {} |{},true {\"z\":\"set\"},true"
      })
  void showsWhatEachRuleMakesOfLabels(String labels, String outputs) throws Exception {
    String[] each = outputs.split(" ");
    assertThat(text(server.get("/targets/relabel_steps?scrapePool=node&labels=" + encode(labels))))
        .isEqualTo(
            """
            {"status":"success","data":{"steps":[\
            {"rule":{"source_labels":["x"],"separator":";","regex":"y","replacement":"$1",\
            "action":"drop"},%s},\
            {"rule":{"separator":";","regex":"(.*)","modulus":7,"target_label":"z",\
            "replacement":"$1","action":"replace"},%s}]}}"""
                .formatted(step(each[0]), step(each[1])));
  }

  private static String step(String output) {
    int comma = output.lastIndexOf(',');
    return "\"output\":%s,\"keep\":%s"
        .formatted(output.substring(0, comma), output.substring(comma + 1));
  }

  @Test
  void poolsWithoutRulesHaveNoSteps() throws Exception {
    for (String pool : List.of("empty", "x")) {
      assertThat(text(server.get("/targets/relabel_steps?labels=null&scrapePool=" + pool)))
          .isEqualTo("{\"status\":\"success\",\"data\":{\"steps\":[]}}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "|no scrapePool parameter provided",
        "scrapePool=node|no labels parameter provided",
        "scrapePool=a\"b&labels={}|error retrieving scrape config: scrape pool \"a\\\"b\" not found",
        "scrapePool=no&labels={\"a\":1}|error parsing labels: json: cannot unmarshal number into Go"
            + " value of type string",
        "scrapePool=no&labels={\"a\":{\"b\":[]},\"c\":1}|error parsing labels: json: cannot unmarshal"
            + " object into Go value of type string",
        "scrapePool=no&labels={\"a\":true}|error parsing labels: json: cannot unmarshal bool into Go"
            + " value of type string",
        "scrapePool=no&labels=[{}]|error parsing labels: json: cannot unmarshal array into Go value"
            + " of type map[string]string",
        "scrapePool=no&labels=\"a\"|error parsing labels: json: cannot unmarshal string into Go value"
            + " of type map[string]string",
        "scrapePool=no&labels={}{}|error parsing labels: more than one JSON value",
        "scrapePool=no&labels=%20|error parsing labels: unexpected end of JSON input",
        "scrapePool=no&labels={\"a\"|error parsing labels: unexpected end of JSON input",
        "scrapePool=no&labels={\"a\":1|error parsing labels: unexpected end of JSON input",
        "scrapePool=no&labels=x|error parsing labels: invalid character 'x' looking for beginning of"
            + " value",
        "scrapePool=no&labels=%C3%A9|error parsing labels: invalid character 'Ã' looking for"
            + " beginning of value",
        "scrapePool=no&labels=%27|error parsing labels: invalid character '\\'' looking for beginning"
            + " of value",
        "scrapePool=no&labels={\"\":\"a\"}|error parsing labels: a label has no name"
      })
  void saysWhatIsWrongWithARequestForSteps(String query, String message) throws Exception {
    HttpResponse<byte[]> response =
        server.get("/targets/relabel_steps?" + (query == null ? "" : encodeValues(query)));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"%s\"}"
                .formatted(message.replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {"{\"a\"}", "[}", "{a:\"b\"}", "{}x", "nul", "-x"})
  void labelsThatAreNoJsonAreRefusedWithTheirPlace(String labels) throws Exception {
    HttpResponse<byte[]> response =
        server.get("/targets/relabel_steps?scrapePool=node&labels=" + encode(labels));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).contains("\"error\":\"error parsing labels: no JSON at character ");
  }

  @Test
  void saysWhichBundleIsMissingForRelabelling() throws Exception {
    server.routes.unbindRelabelling(relabelling);
    HttpResponse<byte[]> response =
        server.get("/targets/relabel_steps?scrapePool=node&labels=null");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response)).contains("bundle io.narthex.relabel is not active");
  }

  private static ScrapeConfig job(String name, List<RelabelRule> rules) {
    return new ScrapeConfig(
        name,
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        "/metrics",
        "http",
        Map.of(),
        ScrapeOptions.DEFAULT,
        rules,
        0,
        0,
        List.of(),
        List.of());
  }

  private static RelabelRule rule(
      List<String> source, String regex, long modulus, String target, RelabelAction action) {
    return new RelabelRule(source, ";", regex, modulus, target, "$1", action, NameValidation.UTF8);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String encodeValues(String query) {
    return query
        .replace("\"", "%22")
        .replace("{", "%7B")
        .replace("}", "%7D")
        .replace("[", "%5B")
        .replace("]", "%5D");
  }
}
