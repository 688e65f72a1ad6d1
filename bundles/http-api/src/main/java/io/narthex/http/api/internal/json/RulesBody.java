package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.rules.Rule;
import io.narthex.api.rules.RuleGroup;
import io.narthex.http.api.internal.json.DataBody.DataWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer of {@code /rules}: upstream's fields in upstream's order. */
public final class RulesBody {
  /** What Go prints for a time that was never set. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final List<DataWriter> pieces = new ArrayList<>();
  private final NumberText number = new NumberText();
  private final boolean withAlerts;

  private RulesBody(boolean withAlerts) {
    this.withAlerts = withAlerts;
  }

  /**
   * A body with these groups, in this order.
   *
   * @param withAlerts whether the alerts of each rule are shown; else they are null
   * @param nextToken where the next page begins; empty: there is none
   */
  public static ChunkedBody of(
      List<RuleGroup> groups, boolean withAlerts, Optional<String> nextToken) {
    RulesBody body = new RulesBody(withAlerts);
    body.pieces.add(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("groups");
        });
    groups.forEach(body::add);
    body.pieces.add(
        json -> {
          json.writeEndArray();
          if (nextToken.isPresent()) {
            json.writeStringField("groupNextToken", nextToken.get());
          }
          json.writeEndObject();
        });
    return new PieceBody(body.pieces);
  }

  private void add(RuleGroup group) {
    pieces.add(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", group.name());
          json.writeStringField("file", group.file());
          json.writeArrayFieldStart("rules");
        });
    for (Rule rule : group.rules()) {
      switch (rule) {
        case Rule.Recording recording -> pieces.add(json -> write(json, recording));
        case Rule.Alerting alerting -> add(alerting);
      }
    }
    pieces.add(
        json -> {
          json.writeEndArray();
          writeSeconds(json, "interval", group.interval());
          json.writeNumberField("limit", group.limit());
          writeSeconds(json, "evaluationTime", group.evaluationTime());
          writeTime(json, "lastEvaluation", group.lastEvaluation());
          json.writeEndObject();
        });
  }

  private void add(Rule.Alerting rule) {
    pieces.add(json -> writeHead(json, rule));
    if (withAlerts) {
      AlertsBody.addPieces(pieces, rule.alerts());
    }
    pieces.add(
        json -> {
          if (withAlerts) {
            json.writeEndArray();
          }
          writeEvaluations(json, rule.evaluations());
          json.writeStringField("type", "alerting");
          json.writeEndObject();
        });
  }

  private void writeHead(JsonGenerator json, Rule.Alerting rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", rule.state().name().toLowerCase(Locale.ROOT));
    json.writeStringField("name", rule.name());
    json.writeStringField("query", rule.query());
    writeSeconds(json, "duration", rule.holdFor());
    writeSeconds(json, "keepFiringFor", rule.keepFiringFor());
    JsonLabels.writeField(json, "labels", rule.labels());
    JsonLabels.writeField(json, "annotations", rule.annotations());
    if (withAlerts) {
      json.writeArrayFieldStart("alerts");
    } else {
      json.writeNullField("alerts");
    }
  }

  private void write(JsonGenerator json, Rule.Recording rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", rule.name());
    json.writeStringField("query", rule.query());
    JsonLabels.writeField(json, "labels", rule.labels());
    writeEvaluations(json, rule.evaluations());
    json.writeStringField("type", "recording");
    json.writeEndObject();
  }

  private void writeEvaluations(JsonGenerator json, Rule.Evaluations evaluations)
      throws IOException {
    json.writeStringField("health", evaluations.health().name().toLowerCase(Locale.ROOT));
    if (!evaluations.lastError().isEmpty()) {
      json.writeStringField("lastError", evaluations.lastError());
    }
    writeSeconds(json, "evaluationTime", evaluations.time());
    writeTime(json, "lastEvaluation", evaluations.last());
  }

  private void writeSeconds(JsonGenerator json, String field, Duration time) throws IOException {
    json.writeFieldName(field);
    number.general(time.getSeconds() + time.getNano() / 1e9);
    json.writeNumber(number.toString());
  }

  private static void writeTime(JsonGenerator json, String field, Optional<Instant> time)
      throws IOException {
    json.writeStringField(field, time.map(GoTime::format).orElse(NEVER));
  }
}
