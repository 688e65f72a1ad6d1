package io.narthex.http.api.internal;

import static io.narthex.http.api.internal.ApiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.rules.ActiveAlert;
import io.narthex.api.rules.AlertState;
import io.narthex.api.rules.Rule;
import io.narthex.api.rules.RuleGroup;
import io.narthex.api.rules.RuleGroups;
import io.narthex.api.rules.RuleHealth;
import io.narthex.http.api.internal.fake.FakeSelectors;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleRoutesTest {
  private static final Instant AT = Instant.parse("2024-01-02T03:04:05.123456789Z");
  private static final RuleGroup FIRST =
      new RuleGroup(
          "g",
          "a.yml",
          Duration.ofSeconds(90),
          5,
          List.of(
              new Rule.Alerting(
                  "Down",
                  "up == 0",
                  Labels.of("severity", "page"),
                  new Rule.Evaluations(
                      RuleHealth.OK, "", Duration.ofNanos(1_234_500), Optional.of(AT)),
                  AlertState.FIRING,
                  Duration.ofMillis(1500),
                  Duration.ofMinutes(1),
                  Labels.of("summary", "{{ $labels.job }} <down>"),
                  List.of(
                      new ActiveAlert(
                          Labels.of("alertname", "Down", "job", "x"),
                          Labels.of("summary", "x is down"),
                          AlertState.FIRING,
                          AT,
                          Optional.of(AT.plusSeconds(1)),
                          0),
                      new ActiveAlert(
                          Labels.of("alertname", "Down", "job", "y"),
                          Labels.EMPTY,
                          AlertState.PENDING,
                          AT,
                          Optional.empty(),
                          -1.5))),
              new Rule.Recording("job:up", "sum(up)", Labels.EMPTY, Rule.Evaluations.NONE)),
          Duration.ofMillis(2),
          Optional.of(AT));
  private static final RuleGroup SECOND =
      new RuleGroup(
          "h",
          "a.yml",
          Duration.ofMinutes(1),
          0,
          List.of(
              new Rule.Recording(
                  "job:down",
                  "x",
                  Labels.of("severity", "none"),
                  new Rule.Evaluations(
                      RuleHealth.ERR, "it failed", Duration.ZERO, Optional.of(AT)))),
          Duration.ZERO,
          Optional.empty());
  private static final RuleGroup THIRD =
      new RuleGroup(
          "g",
          "b.yml",
          Duration.ofMinutes(1),
          0,
          List.of(
              new Rule.Alerting(
                  "Up",
                  "up",
                  Labels.EMPTY,
                  Rule.Evaluations.NONE,
                  AlertState.UNKNOWN,
                  Duration.ZERO,
                  Duration.ZERO,
                  Labels.EMPTY,
                  List.of())),
          Duration.ZERO,
          Optional.empty());
  private static final FakeSelectors SELECTORS =
      new FakeSelectors(
          Map.of(
              "page", List.of(new Matcher(MatchType.EQUAL, "severity", "page")),
              "none", List.of(new Matcher(MatchType.REGEX, "severity", "no.e")),
              "all", List.of(new Matcher(MatchType.REGEX, "severity", ".*"))));
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server = new ApiServer();
    server.routes.bindRules(() -> List.of(FIRST, SECOND, THIRD));
    server.routes.bindSelectorParser(SELECTORS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void hasUpstreamsFieldsInItsOrder() throws Exception {
    assertThat(text(server.get("/rules?file[]=a.yml")))
        .isEqualTo(
            """
            {"status":"success","data":{"groups":[\
            {"name":"g","file":"a.yml","rules":[\
            {"state":"firing","name":"Down","query":"up == 0","duration":1.5,"keepFiringFor":60,\
            "labels":{"severity":"page"},"annotations":{"summary":"{{ $labels.job }} <down>"},\
            "alerts":[\
            {"labels":{"alertname":"Down","job":"x"},"annotations":{"summary":"x is down"},\
            "state":"firing","activeAt":"2024-01-02T03:04:05.123456789Z",\
            "keepFiringSince":"2024-01-02T03:04:06.123456789Z","value":"0e+00"},\
            {"labels":{"alertname":"Down","job":"y"},"annotations":{},"state":"pending",\
            "activeAt":"2024-01-02T03:04:05.123456789Z","value":"-1.5e+00"}],\
            "health":"ok","evaluationTime":0.0012345,\
            "lastEvaluation":"2024-01-02T03:04:05.123456789Z","type":"alerting"},\
            {"name":"job:up","query":"sum(up)","labels":{},"health":"unknown",\
            "evaluationTime":0,"lastEvaluation":"0001-01-01T00:00:00Z","type":"recording"}],\
            "interval":90,"limit":5,"evaluationTime":0.002,\
            "lastEvaluation":"2024-01-02T03:04:05.123456789Z"},\
            {"name":"h","file":"a.yml","rules":[\
            {"name":"job:down","query":"x","labels":{"severity":"none"},"health":"err",\
            "lastError":"it failed","evaluationTime":0,\
            "lastEvaluation":"2024-01-02T03:04:05.123456789Z","type":"recording"}],\
            "interval":60,"limit":0,"evaluationTime":0,"lastEvaluation":"0001-01-01T00:00:00Z"}\
            ]}}""");
  }

  @Test
  void showsAlertsOfAllRules() throws Exception {
    assertThat(text(server.get("/alerts")))
        .startsWith(
            """
            {"status":"success","data":{"alerts":[{"labels":{"alertname":"Down","job":"x"},\
            "annotations":{"summary":"x is down"},"state":"firing",""")
        .endsWith("\"value\":\"-1.5e+00\"}]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|Down job:up job:down Up",
        "?type=alert|Down Up",
        "?type=RECORD|job:up job:down",
        "?type=record&rule_group[]=g|job:up",
        "?rule_name[]=Up&rule_name[]=job:up|job:up Up",
        "?rule_group[]=h&rule_group[]=none|job:down",
        "?file[]=b.yml|Up",
        "?file[]=b.yml&rule_group[]=h|",
        "?match[]=page|Down",
        "?match[]=page&match[]=none|Down job:down",
        "?match[]=page&type=record|",
        "?group_limit=2|Down job:up job:down",
        "?group_limit=2&type=alert|Down Up"
      })
  void choosesRules(String query, String names) throws Exception {
    assertThat(names(query == null ? "" : query)).isEqualTo(names == null ? "" : names);
  }

  @Test
  void alertsMayBeLeftOut() throws Exception {
    assertThat(text(server.get("/rules?exclude_alerts=TRUE&rule_name[]=Down")))
        .contains("\"alerts\":null,\"health\":\"ok\"");
    assertThat(text(server.get("/rules?exclude_alerts=0&rule_name[]=Up")))
        .contains("\"alerts\":[],\"health\":\"unknown\"");
  }

  @Test
  void pagesGoOnByTokens() throws Exception {
    List<String> pages = new ArrayList<>();
    String token = "";
    do {
      String answer = text(server.get("/rules?group_limit=1" + token));
      pages.add(names("?group_limit=1" + token));
      java.util.regex.Matcher next =
          Pattern.compile("\"groupNextToken\":\"([0-9a-f]+)\"}}$").matcher(answer);
      token = next.find() ? "&group_next_token=" + next.group(1) : "";
    } while (!token.isEmpty());
    assertThat(pages).containsExactly("Down job:up", "job:down", "Up");
    assertThat(text(server.get("/rules?group_limit=1")))
        .contains("\"groupNextToken\":\"" + sha256("a.yml;h") + "\"");
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=x|invalid parameter \"type\": not supported value \"x\"",
        "exclude_alerts=Y|invalid parameter \"exclude_alerts\": error converting exclude_alerts:"
            + " strconv.ParseBool: parsing \"y\": invalid syntax",
        "group_limit=x|invalid parameter \"group_limit\": group_limit needs to be a valid number:"
            + " strconv.ParseInt: parsing \"x\": invalid syntax",
        "group_limit=2147483648|invalid parameter \"group_limit\": group_limit needs to be a valid"
            + " number: strconv.ParseInt: parsing \"2147483648\": value out of range",
        "group_limit=0|invalid parameter \"group_limit\": group_limit needs to be greater than 0",
        "group_next_token=x|invalid parameter \"group_next_token\": group_limit needs to be present"
            + " in order to paginate over the groups",
        "group_limit=1&group_next_token=x|invalid parameter \"group_next_token\": invalid"
            + " group_next_token 'x'. were rule groups changed?",
        "match[]=bad&type=x|1:1: parse error: unexpected \"bad\"",
        "match[]=all|match[] must contain at least one non-empty matcher",
        "a;b|error parsing form values: invalid semicolon separator in query"
      })
  void saysWhatIsWrongInUpstreamsWords(String query, String message) throws Exception {
    HttpResponse<byte[]> response = server.get("/rules?" + query);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"%s\"}"
                .formatted(message.replace("\"", "\\\"")));
  }

  @ParameterizedTest
  @CsvSource({"/rules", "/alerts"})
  void namesTheBundleThatIsAway(String path) throws Exception {
    try (ApiServer bare = new ApiServer()) {
      RuleGroups none = List::of;
      assertAway(bare.get(path));
      bare.routes.bindRules(none);
      assertThat(bare.get(path).statusCode()).isEqualTo(200);
      bare.routes.unbindRules(none);
      assertAway(bare.get(path));
    }
  }

  private static void assertAway(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response))
        .contains("the rules are not there: bundle io.narthex.rules is not active");
  }

  @Test
  void manyAlertsComeWhole() throws Exception {
    List<ActiveAlert> alerts =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    new ActiveAlert(
                        Labels.of("i", "" + i),
                        Labels.EMPTY,
                        AlertState.FIRING,
                        AT,
                        Optional.empty(),
                        Double.NaN))
            .toList();
    Rule.Alerting rule = (Rule.Alerting) THIRD.rules().getFirst();
    RuleGroup group =
        new RuleGroup(
            "g",
            "f",
            Duration.ofMinutes(1),
            0,
            List.of(
                new Rule.Alerting(
                    rule.name(),
                    rule.query(),
                    rule.labels(),
                    rule.evaluations(),
                    AlertState.FIRING,
                    rule.holdFor(),
                    rule.keepFiringFor(),
                    rule.annotations(),
                    alerts)),
            Duration.ZERO,
            Optional.empty());
    try (ApiServer many = new ApiServer()) {
      many.routes.bindRules(() -> List.of(group));
      for (String path : List.of("/rules", "/alerts")) {
        String answer = text(many.get(path));
        assertThat(answer.split("\"value\":\"NaN\"", -1)).hasSize(1001);
        assertThat(answer).contains("{\"i\":\"999\"}").endsWith("}");
      }
    }
  }

  private static String names(String query) throws Exception {
    HttpResponse<byte[]> response = server.get("/rules" + query);
    assertThat(response.statusCode()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    java.util.regex.Matcher name =
        Pattern.compile("\"name\":\"([^\"]+)\",\"query\"").matcher(text(response));
    while (name.find()) {
      names.add(name.group(1));
    }
    return String.join(" ", names);
  }
}
