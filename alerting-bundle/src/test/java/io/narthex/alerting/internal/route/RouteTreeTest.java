package io.narthex.alerting.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.alerting.internal.config.RouteConfig;
import io.narthex.alerting.internal.matcher.MatcherParser;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.model.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTreeTest {
  private static final MatcherParser PARSER = new MatcherParser("test");

  /** Names of receivers stand for nodes; {@code *} goes on. */
  private static final RouteTree TREE =
      new RouteTree(
          route(
              "root",
              "",
              false,
              route(
                  "a",
                  "owner=a",
                  false,
                  route("a-test", "env=testing", false),
                  route("a-prod", "env=production", true),
                  route("a-any", "env=~\"prod.+\"", false)),
              route("b", "owner=~\"b|bb\"", true),
              route("b-again", "owner=~\"b.*\"", false),
              route("missing", "owner=\"\"", false, route("deep", "x!=1", false))));

  private static RouteConfig route(
      String receiver, String matchers, boolean goesOn, RouteConfig... children) {
    return new RouteConfig(
        receiver,
        Optional.empty(),
        false,
        PARSER.parseAll(matchers).sorted(),
        goesOn,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(children));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner=a | a",
        "owner=a,env=testing | a-test",
        "owner=a,env=production | a-prod a-any",
        "owner=a,env=produce | a-any",
        "owner=b | b b-again",
        "owner=bbb | b-again",
        "owner=c | root",
        "x=2 | deep",
        "x=1 | missing"
      })
  void anAlertGoesToTheDeepestNodesThatMatch(String labels, String receivers) {
    assertThat(TREE.match(labels(labels)).stream().map(Route::receiver))
        .containsExactly(receivers.split(" "));
  }

  private static Labels labels(String text) {
    Labels.Builder labels = Labels.builder();
    PARSER.parseAll(text).list().forEach(m -> labels.set(m.name(), m.value()));
    return labels.build();
  }

  @Test
  void keysAndIdsAreUpstreams() {
    List<String> keys = new ArrayList<>();
    TREE.walk(route -> keys.add(route.key() + " " + route.id()));
    assertThat(keys)
        .containsExactly(
            "{} {}",
            "{}/{owner=\"a\"} {}/{owner=\"a\"}/0",
            "{}/{owner=\"a\"}/{env=\"testing\"} {}/{owner=\"a\"}/0/{env=\"testing\"}/0",
            "{}/{owner=\"a\"}/{env=\"production\"} {}/{owner=\"a\"}/0/{env=\"production\"}/1",
            "{}/{owner=\"a\"}/{env=~\"prod.+\"} {}/{owner=\"a\"}/0/{env=~\"prod.+\"}/2",
            "{}/{owner=~\"b|bb\"} {}/{owner=~\"b|bb\"}/1",
            "{}/{owner=~\"b.*\"} {}/{owner=~\"b.*\"}/2",
            "{}/{owner=\"\"} {}/{owner=\"\"}/3",
            "{}/{owner=\"\"}/{x!=\"1\"} {}/{owner=\"\"}/3/{x!=\"1\"}/0");
  }

  @Test
  void groupKeysAreUpstreams() {
    Route route = TREE.match(labels("owner=a,env=testing")).getFirst();
    assertThat(route.groupKey(Labels.EMPTY)).isEqualTo("{}/{owner=\"a\"}/{env=\"testing\"}:{}");
    assertThat(TREE.root().groupKey(Labels.of("b", "2\"\n\u00e9\u200b", "alertname", "Down")))
        .isEqualTo("{}:{alertname=\"Down\", b=\"2\\\"\\né\\u200b\"}");
  }

  @Test
  void defaultsAreUpstreams() {
    Route root = TREE.root();
    assertThat(root.groupWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(root.groupInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(root.repeatInterval()).isEqualTo(Duration.ofHours(4));
    assertThat(root.groupBy()).isEmpty();
    assertThat(root.groupByAll()).isFalse();
    assertThat(root.groupLabels(labels("a=1"))).isEqualTo(Labels.EMPTY);
  }

  @Test
  void nodesInheritAllButTimesAndContinue() {
    RouteConfig empty = config(Optional.empty(), false);
    RouteConfig named = config(Optional.of(List.of("a", "b")), false, empty);
    RouteConfig all = config(Optional.empty(), true, empty, named);
    RouteConfig none = config(Optional.of(List.of()), false, empty);
    Route root =
        new RouteTree(
                new RouteConfig(
                    "r",
                    Optional.of(List.of("c")),
                    false,
                    Matchers.NONE,
                    true,
                    List.of("mute"),
                    List.of("active"),
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.of(Duration.ofSeconds(2)),
                    Optional.of(Duration.ofSeconds(3)),
                    List.of(named, all, none)))
            .root();
    Labels alert = labels("a=1,c=3,d=4");
    Route child = root.routes().getFirst();
    assertThat(child.receiver()).isEqualTo("r");
    assertThat(child.groupWait()).isEqualTo(Duration.ofSeconds(1));
    assertThat(child.groupInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(child.repeatInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(child.muteTimeIntervals()).isEmpty();
    assertThat(child.activeTimeIntervals()).isEmpty();
    assertThat(child.goesOn()).isFalse();
    assertThat(root.groupLabels(alert)).hasToString("{c=\"3\"}");
    assertThat(child.groupLabels(alert)).hasToString("{a=\"1\"}");
    assertThat(child.routes().getFirst().groupLabels(alert)).hasToString("{a=\"1\"}");
    Route byAll = root.routes().get(1);
    assertThat(byAll.groupLabels(alert)).isEqualTo(alert);
    assertThat(byAll.routes().getFirst().groupLabels(alert)).isEqualTo(alert);
    assertThat(byAll.routes().get(1).groupLabels(alert)).hasToString("{a=\"1\"}");
    assertThat(root.routes().get(2).routes().getFirst().groupLabels(alert)).isEqualTo(Labels.EMPTY);
  }

  private static RouteConfig config(
      Optional<List<String>> groupBy, boolean all, RouteConfig... children) {
    return new RouteConfig(
        "",
        groupBy,
        all,
        Matchers.NONE,
        false,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(children));
  }
}
