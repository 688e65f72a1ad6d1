package io.narthex.alerting.internal.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.StoredAlert;
import java.io.IOException;
import java.util.List;

/** Writes alerts in upstream's form. */
final class AlertJson {
  private AlertJson() {}

  /**
   * Writes an alert.
   *
   * @param mutedBy the names of the time intervals that mute its group
   */
  static void write(
      JsonGenerator json,
      StoredAlert alert,
      AlertStatus status,
      List<String> receivers,
      List<String> mutedBy)
      throws IOException {
    Json.escaped(json, escaped -> writeEscaped(escaped, alert, status, receivers, mutedBy));
  }

  private static void writeEscaped(
      JsonGenerator json,
      StoredAlert alert,
      AlertStatus status,
      List<String> receivers,
      List<String> mutedBy)
      throws IOException {
    json.writeStartObject();
    Json.labels(json, "annotations", alert.annotations());
    json.writeStringField("endsAt", DateTimes.text(alert.endsAt()));
    json.writeStringField("fingerprint", alert.fingerprintText());
    json.writeArrayFieldStart("receivers");
    for (String receiver : receivers) {
      json.writeStartObject();
      json.writeStringField("name", receiver);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("startsAt", DateTimes.text(alert.startsAt()));
    json.writeObjectFieldStart("status");
    Json.texts(json, "inhibitedBy", status.inhibitedBy());
    Json.texts(json, "mutedBy", mutedBy);
    Json.texts(json, "silencedBy", status.silencedBy());
    AlertStatus.State state = mutedBy.isEmpty() ? status.state() : AlertStatus.State.SUPPRESSED;
    json.writeStringField("state", state.text());
    json.writeEndObject();
    json.writeStringField("updatedAt", DateTimes.text(alert.updatedAt()));
    if (!alert.generatorUrl().isEmpty()) {
      json.writeStringField("generatorURL", alert.generatorUrl());
    }
    Json.labels(json, "labels", alert.labels());
    json.writeEndObject();
  }
}
