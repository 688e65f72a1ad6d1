package io.narthex.http.api.internal.notification;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.notification.Notification;
import io.narthex.http.api.internal.json.GoTime;
import java.io.IOException;

/** Writes a notification as upstream does. */
final class NotificationText {
  private NotificationText() {}

  /** Writes it; one that is not active was withdrawn. */
  static void write(JsonGenerator json, Notification notification, boolean active)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("text", notification.text());
    json.writeStringField("date", GoTime.format(notification.since()));
    json.writeBooleanField("active", active);
    json.writeEndObject();
  }
}
