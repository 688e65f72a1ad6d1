package io.narthex.alerting.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecodedValuesTest {
  @Test
  void routesAreDecodedWithWhatTheyGive() throws Exception {
    AlertmanagerConfig config = good("tree");
    RouteConfig root = config.route();
    assertThat(config.resolveTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(root.receiver()).isEqualTo("team-x-mails");
    assertThat(root.groupBy()).contains(List.of("alertname", "cluster"));
    assertThat(root.repeatInterval()).contains(Duration.ofHours(3));
    assertThat(root.routes().get(1).goesOn()).isTrue();
    RouteConfig database = root.routes().get(2);
    assertThat(database.matchers()).hasToString("{owner=~\"^(?:team-.*)$\",service=\"database\"}");
    assertThat(database.receiver()).isEmpty();
    assertThat(database.groupInterval()).isEmpty();
    RouteConfig leaf = database.routes().getFirst();
    assertThat(leaf.groupByAll()).isTrue();
    assertThat(leaf.groupBy()).isEmpty();
    assertThat(leaf.matchers())
        .hasToString("{owner!=\"team-x\",rack=~\"1|2\",region!~\"eu-.*\",zone=\"a\"}");
  }

  @Test
  void receiversAreDecodedInUpstreamsOrderOfKinds() throws Exception {
    Receiver receiver = good("mail-and-hook").receivers().getFirst();
    assertThat(receiver.entries())
        .extracting(ReceiverEntry::kind, ReceiverEntry::index, ReceiverEntry::sendResolved)
        .containsExactly(
            tuple("email", 0, Optional.of(true)),
            tuple("webhook", 0, Optional.of(true)),
            tuple("webhook", 1, Optional.of(false)));
    assertThat(receiver.labels()).hasToString("{name=\"ops\"}");
    List<Problem> problems = new ArrayList<>();
    Section section = receiver.entries().get(1).section(problems);
    assertThat(section.string("url")).contains("http://localhost:8080/hook");
    section.refuseOthers();
    assertThat(problems).isEmpty();
  }

  @Test
  void anEntryThatOnlyMovedIsTheSame() {
    String file =
        """
        route: {receiver: a}
        receivers:
          - name: a
            webhook_configs: [{url: http://localhost/}]
        """;
    ReceiverEntry one = entry(file);
    ReceiverEntry other = entry("\n\n# moved\n" + file);
    assertThat(other).isEqualTo(one);
    assertThat(entry(file.replace("localhost", "elsewhere"))).isNotEqualTo(one);
  }

  private static ReceiverEntry entry(String text) {
    return Corpus.decode("x/alertmanager.yml", text, false)
        .config()
        .receivers()
        .getFirst()
        .entries()
        .getFirst();
  }

  @Test
  void inhibitRulesHoldTheDeprecatedFormsToo() throws Exception {
    InhibitRule rule = good("deprecated").inhibitRules().getFirst();
    assertThat(rule.source()).hasToString("{job=~\"^(?:.+)$\",severity=\"critical\"}");
    assertThat(rule.target()).hasToString("{job=~\"^(?:.*)$\",severity=\"warning\"}");
    assertThat(rule.equal()).containsExactly("instance");
  }

  @Test
  void templateFilesAreRead() throws Exception {
    NotifierSettings settings = good("templates").notifiers();
    assertThat(settings.templates()).hasSize(1);
    assertThat(settings.templates().getFirst().text()).contains("define \"team.title\"");
    assertThat(settings.templatesAt().line()).isEqualTo(1);
  }

  @Test
  void tracingIsNamedAsNotActedOn() throws Exception {
    assertThat(Corpus.decode(Corpus.FOLDER.resolve("tracing.good.yml")).notActedOn())
        .singleElement()
        .asString()
        .startsWith("tracing (")
        .endsWith("alertmanager.yml:8:3)");
  }

  @Test
  void aKindThatMayStillComeIsTaken() {
    String file =
        """
        route: {receiver: a}
        receivers:
          - name: a
            slack_configs: [{channel: ops}]
            carrier_pigeon_configs: [{coop: north}]
        """;
    assertThat(Corpus.decode("a.yml", file, true).config().receivers().getFirst().entries())
        .extracting(ReceiverEntry::kind)
        .containsExactly("slack", "carrier_pigeon");
    assertThatThrownBy(() -> Corpus.decode("a.yml", file, false))
        .isInstanceOf(BadConfigurationException.class)
        .hasMessageContaining(
            "receiver \"a\" uses slack_configs, which no installed bundle provides");
  }

  @Test
  void relativePathsAreRelativeToTheFile() throws Exception {
    assertThat(good("minimal").notifiers().directory()).isEqualTo(Corpus.FOLDER);
    assertThat(Corpus.decode("a.yml", "route: {receiver: a}\nreceivers: [{name: a}]", false))
        .extracting(loaded -> loaded.config().notifiers().directory())
        .isEqualTo(Path.of(""));
  }

  private static AlertmanagerConfig good(String name) throws Exception {
    return Corpus.decode(Corpus.FOLDER.resolve(name + ".good.yml")).config();
  }
}
