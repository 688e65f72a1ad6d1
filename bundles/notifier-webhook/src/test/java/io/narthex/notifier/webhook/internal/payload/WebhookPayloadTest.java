package io.narthex.notifier.webhook.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifiedAlert;
import io.narthex.spi.notify.support.NotificationData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookPayloadTest {
  private static final Instant START = Instant.parse("2026-11-25T03:00:00.120Z");
  private static final Instant END = Instant.parse("2026-11-25T03:05:00Z");

  private static String payload(Notification notification, int shown) {
    List<NotifiedAlert> alerts = notification.alerts().subList(0, shown);
    byte[] bytes =
        WebhookPayload.of(
            NotificationData.of(notification, alerts),
            notification.groupKey(),
            notification.alerts().size() - shown);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Notification notification(NotifiedAlert... alerts) {
    return new Notification(
        "team-X.mail+sms",
        "{}/{team=\"x\"}:{alertname=\"Down\"}",
        Labels.of("alertname", "Down"),
        List.of(alerts),
        "http://narthex:9090/alertmanager",
        "new alerts added",
        END);
  }

  @Test
  void isUpstreamsByteForByte() {
    Notification notification =
        notification(
            new NotifiedAlert(
                Labels.of("job", "node", "alertname", "Down", "instance", "ä:1"),
                Labels.of("summary", "<b>down</b> & out", "runbook", "http://r/x?a=1&b=2"),
                START,
                Optional.empty(),
                "http://prometheus:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1",
                "0123456789abcdef"),
            new NotifiedAlert(
                Labels.of("job", "node", "alertname", "Down", "instance", "b:1"),
                Labels.EMPTY,
                START,
                Optional.of(END),
                "",
                "fedcba9876543210"));
    assertThat(payload(notification, 2))
        .isEqualTo(
            """
            {"receiver":"team-X\\\\.mail\\\\+sms","status":"firing","alerts":[\
            {"status":"firing",\
            "labels":{"alertname":"Down","instance":"ä:1","job":"node"},\
            "annotations":{"runbook":"http://r/x?a=1\\u0026b=2",\
            "summary":"\\u003cb\\u003edown\\u003c/b\\u003e \\u0026 out"},\
            "startsAt":"2026-11-25T03:00:00.12Z","endsAt":"0001-01-01T00:00:00Z",\
            "generatorURL":"http://prometheus:9090/graph?g0.expr=up+%3D%3D+0\\u0026g0.tab=1",\
            "fingerprint":"0123456789abcdef"},\
            {"status":"resolved",\
            "labels":{"alertname":"Down","instance":"b:1","job":"node"},\
            "annotations":{},\
            "startsAt":"2026-11-25T03:00:00.12Z","endsAt":"2026-11-25T03:05:00Z",\
            "generatorURL":"","fingerprint":"fedcba9876543210"}],\
            "notification_reason":"new alerts added",\
            "groupLabels":{"alertname":"Down"},\
            "commonLabels":{"alertname":"Down","job":"node"},\
            "commonAnnotations":{},"routeLabels":{},\
            "externalURL":"http://narthex:9090/alertmanager",\
            "version":"4","groupKey":"{}/{team=\\"x\\"}:{alertname=\\"Down\\"}",\
            "truncatedAlerts":0}
            """);
  }

  @Test
  void whatIsCommonIsThatOfTheAlertsSent() {
    NotifiedAlert one = alert(Labels.of("alertname", "Down", "zone", "a"), Optional.of(END));
    NotifiedAlert two = alert(Labels.of("alertname", "Down", "zone", "b"), Optional.empty());
    assertThat(payload(notification(one, two), 1))
        .contains("\"status\":\"resolved\",\"alerts\":[{")
        .contains("\"commonLabels\":{\"alertname\":\"Down\",\"zone\":\"a\"}")
        .contains("\"truncatedAlerts\":1}\n")
        .doesNotContain("\"zone\":\"b\"");
  }

  private static NotifiedAlert alert(Labels labels, Optional<Instant> end) {
    return new NotifiedAlert(labels, Labels.EMPTY, START, end, "", "00");
  }
}
