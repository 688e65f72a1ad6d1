package io.narthex.spi.notify.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.template.TemplateObject;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifiedAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationDataTest {
  private static final Instant START = Instant.parse("2026-11-25T03:00:00.120Z");
  private static final Instant END = Instant.parse("2026-11-25T03:05:00Z");

  private static final NotifiedAlert FIRING =
      alert(
          Labels.of("job", "node", "alertname", "Down", "Zone", "a"),
          Labels.of("summary", "it is down", "n", "1"),
          Optional.empty());

  private static final NotifiedAlert RESOLVED =
      alert(
          Labels.of("job", "node", "alertname", "Down", "Zone", "b"),
          Labels.of("summary", "it is down", "n", "2", "more", "x"),
          Optional.of(END));

  private static NotifiedAlert alert(Labels labels, Labels annotations, Optional<Instant> end) {
    return new NotifiedAlert(labels, annotations, START, end, "http://p/g", "00ab");
  }

  private static Notification notification(NotifiedAlert... alerts) {
    return new Notification(
        "team-X.mail",
        "{}:{alertname=\"Down\"}",
        Labels.of("alertname", "Down"),
        List.of(alerts),
        "http://am/alertmanager",
        "first notification",
        END);
  }

  private static Object at(Object from, String path) {
    Object value = from;
    for (String member : path.split("\\.")) {
      TemplateObject object = (TemplateObject) value;
      assertThat(object.has(member)).as(member).isTrue();
      value = object.get(member, List.of());
    }
    return value;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "Receiver|team-X\\.mail",
        "Status|firing",
        "NotificationReason|first notification",
        "ExternalURL|http://am/alertmanager",
        "GroupLabels|alertname=Down",
        "GroupLabels.alertname|Down",
        "GroupLabels.none|",
        "CommonLabels|alertname=Down, job=node",
        "CommonLabels.SortedPairs|alertname=Down, job=node",
        "CommonLabels.SortedPairs.String|alertname=Down, job=node",
        "CommonLabels.Names|[alertname job]",
        "CommonLabels.Values|[Down node]",
        "CommonAnnotations.String|summary=it is down",
        "RouteLabels.String|"
      },
      delimiter = '|')
  void hasUpstreamsFields(String path, String printed) {
    Object value = at(NotificationData.of(notification(FIRING, RESOLVED)), path);
    assertThat(value.toString()).isEqualTo(printed == null ? "" : printed);
  }

  @Test
  void alertNameComesFirstAmongPairsAndTheRestInOrderOfBytes() {
    KeyValues labels =
        new KeyValues(Labels.of("b", "1", "alertname", "X", "B", "2", "ä", "3", "a", "4"));
    assertThat(labels.toString()).isEqualTo("alertname=X, B=2, a=4, b=1, ä=3");
    assertThat(labels.whole())
        .contains(Map.of("b", "1", "alertname", "X", "B", "2", "ä", "3", "a", "4"));
  }

  @Test
  void splitsAlertsByWhetherTheyFire() {
    NotificationData data = NotificationData.of(notification(FIRING, RESOLVED));
    assertThat(at(data, "Alerts.Firing")).isEqualTo(List.of(new AlertData(FIRING)));
    assertThat(at(data, "Alerts.Resolved")).isEqualTo(List.of(new AlertData(RESOLVED)));
    assertThat(data.alerts().whole())
        .contains(List.of(new AlertData(FIRING), new AlertData(RESOLVED)));
  }

  @Test
  void anAlertHasUpstreamsFields() {
    AlertData firing = new AlertData(FIRING);
    assertThat(at(firing, "Status")).isEqualTo("firing");
    assertThat(at(firing, "Labels.job")).isEqualTo("node");
    assertThat(at(firing, "Annotations.summary")).isEqualTo("it is down");
    assertThat(at(firing, "StartsAt")).isEqualTo(START);
    assertThat(at(firing, "EndsAt")).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
    assertThat(at(firing, "GeneratorURL")).isEqualTo("http://p/g");
    assertThat(at(firing, "Fingerprint")).isEqualTo("00ab");
    assertThat(at(new AlertData(RESOLVED), "Status")).isEqualTo("resolved");
    assertThat(at(new AlertData(RESOLVED), "EndsAt")).isEqualTo(END);
  }

  @Test
  void whatIsCommonIsThatOfTheAlertsShown() {
    Notification notification = notification(FIRING, RESOLVED);
    NotificationData data = NotificationData.of(notification, List.of(RESOLVED));
    assertThat(data.status()).isEqualTo("resolved");
    assertThat(data.commonLabels().labels()).isEqualTo(RESOLVED.labels());
    assertThat(data.commonAnnotations().labels()).isEqualTo(RESOLVED.annotations());
  }

  @Test
  void nothingIsCommonToNothing() {
    assertThat(CommonLabels.of(List.of())).isEqualTo(Labels.EMPTY);
    assertThat(CommonLabels.of(List.of(Labels.of("a", "1"), Labels.EMPTY))).isEqualTo(Labels.EMPTY);
    assertThat(CommonLabels.of(List.of(Labels.of("a", "1"), Labels.of("a", "2", "b", "1"))))
        .isEqualTo(Labels.EMPTY);
  }

  @Test
  void removesNamesGivenAsAListOfEitherKind() {
    KeyValues labels = new KeyValues(Labels.of("a", "1", "b", "2", "c", "3"));
    assertThat(labels.get("Remove", List.of(List.of("a", "none")))).hasToString("b=2, c=3");
    assertThat(labels.get("Remove", List.of(new TextList(List.of("a", "b"))))).hasToString("c=3");
  }

  @Test
  void joinsTexts() {
    assertThat(new TextList(List.of("a", "b")).get("Join", List.of(" + "))).isEqualTo("a + b");
  }

  @Test
  void saysWhatIsWrongWithArguments() {
    KeyValues labels = new KeyValues(Labels.of("a", "1"));
    assertThatThrownBy(() -> labels.get("a", List.of("x")))
        .hasMessage("wrong number of args for a: want 0 got 1");
    assertThatThrownBy(() -> labels.get("Remove", List.of()))
        .hasMessage("wrong number of args for Remove: want 1 got 0");
    assertThatThrownBy(() -> labels.get("Remove", List.of("x")))
        .hasMessage("Remove needs a list of texts");
    assertThatThrownBy(() -> labels.get("Remove", List.of(List.of(1L))))
        .hasMessage("Remove needs a list of texts");
    assertThatThrownBy(() -> new TextList(List.of()).get("Join", List.of(1L)))
        .hasMessage("Join needs a text");
  }

  @Test
  void whatIsNotThereIsNotThere() {
    NotificationData data = NotificationData.of(notification(FIRING));
    assertThat(data.has("GroupKey")).isFalse();
    assertThat(data.alerts().has("String")).isFalse();
    assertThat(new AlertData(FIRING).has("Value")).isFalse();
    assertThatThrownBy(() -> data.get("GroupKey", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("can't evaluate field GroupKey in type *template.Data");
  }

  @Test
  void thereAreNoQueries() {
    NotificationContext context = NotificationContext.of(notification(FIRING));
    assertThat(context.externalUrl()).isEqualTo("http://am/alertmanager");
    assertThat(context.now()).isEqualTo(END);
    assertThatThrownBy(() -> context.query("up")).hasMessageContaining("cannot query");
  }
}
