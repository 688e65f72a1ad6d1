package io.narthex.notifier.webhook.internal.payload;

import io.narthex.spi.notify.NotifiedAlert;
import io.narthex.spi.notify.support.AlertData;
import io.narthex.spi.notify.support.NotificationData;
import java.nio.charset.StandardCharsets;

/**
 * Upstream's payload, version 4, byte for byte (Alertmanager: notify/webhook, template.Data). The
 * fields stand in the order in which Go has them: those of the data first.
 */
public final class WebhookPayload {
  private static final String VERSION = "4";

  private WebhookPayload() {}

  /**
   * The payload.
   *
   * @param data the alerts that are sent
   * @param truncated how many are left out
   */
  public static byte[] of(NotificationData data, String groupKey, int truncated) {
    GoJson json = new GoJson(512 + 512 * data.alerts().alerts().size());
    json.begin().field("receiver", data.receiver()).field("status", data.status());
    json.key("alerts").beginList();
    data.alerts().alerts().forEach(alert -> alert(json, alert));
    json.endList()
        .field("notification_reason", data.notificationReason())
        .field("groupLabels", data.groupLabels().labels())
        .field("commonLabels", data.commonLabels().labels())
        .field("commonAnnotations", data.commonAnnotations().labels())
        .field("routeLabels", data.routeLabels().labels())
        .field("externalURL", data.externalUrl())
        .field("version", VERSION)
        .field("groupKey", groupKey)
        .field("truncatedAlerts", truncated)
        .end();
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void alert(GoJson json, AlertData data) {
    NotifiedAlert alert = data.alert();
    json.begin()
        .field("status", alert.status())
        .field("labels", alert.labels())
        .field("annotations", alert.annotations())
        .field("startsAt", alert.startsAt())
        .field("endsAt", data.endsAt())
        .field("generatorURL", alert.generatorUrl())
        .field("fingerprint", alert.fingerprint())
        .end();
  }
}
