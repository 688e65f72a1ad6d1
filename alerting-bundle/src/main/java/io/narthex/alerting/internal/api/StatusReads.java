package io.narthex.alerting.internal.api;

import io.narthex.alerting.internal.Alertmanager;
import io.narthex.alerting.internal.config.Receiver;
import io.narthex.alerting.internal.matcher.Matchers;
import java.util.List;

/** Answers what the Alertmanager is and has. */
final class StatusReads {
  /** Upstream's Alertmanager that we are compatible with. */
  static final String VERSION = "0.34.0";

  private final Alertmanager alertmanager;
  private final String narthexVersion;

  StatusReads(Alertmanager alertmanager, String narthexVersion) {
    this.alertmanager = alertmanager;
    this.narthexVersion = narthexVersion;
  }

  Answer status() {
    String text = alertmanager.config().text();
    return Answer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("cluster");
          Json.texts(json, "peers", List.of());
          json.writeStringField("status", "disabled");
          json.writeEndObject();
          json.writeObjectFieldStart("config");
          json.writeStringField("original", text);
          json.writeEndObject();
          json.writeStringField("uptime", DateTimes.text(alertmanager.startedAt().toEpochMilli()));
          json.writeObjectFieldStart("versionInfo");
          for (String empty : List.of("branch", "buildDate", "buildUser", "goVersion")) {
            json.writeStringField(empty, "");
          }
          json.writeStringField("narthexVersion", narthexVersion);
          json.writeStringField("revision", "");
          json.writeStringField("version", VERSION);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  Answer receivers(QueryParameters query) {
    Matchers matchers = query.receiverMatchers();
    List<Receiver> receivers =
        alertmanager.config().receivers().stream()
            .filter(receiver -> matchers.matches(receiver.labels()))
            .toList();
    return Answer.of(
        200,
        json -> {
          json.writeStartArray();
          for (Receiver receiver : receivers) {
            json.writeStartObject();
            Json.labels(json, "labels", receiver.labels());
            json.writeStringField("name", receiver.name());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
