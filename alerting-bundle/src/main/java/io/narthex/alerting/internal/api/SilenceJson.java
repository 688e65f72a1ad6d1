package io.narthex.alerting.internal.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.alerting.internal.silence.Silence;
import io.narthex.alerting.internal.silence.SilenceState;
import io.narthex.api.model.MatchType;
import java.io.IOException;

/** Writes silences in upstream's form. */
final class SilenceJson {
  private SilenceJson() {}

  static void write(JsonGenerator json, Silence silence, SilenceState state) throws IOException {
    Json.escaped(json, escaped -> writeEscaped(escaped, silence, state));
  }

  private static void writeEscaped(JsonGenerator json, Silence silence, SilenceState state)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", silence.id());
    json.writeObjectFieldStart("status");
    json.writeStringField("state", state.text());
    json.writeEndObject();
    json.writeStringField("updatedAt", DateTimes.text(silence.updatedAt()));
    if (!silence.annotations().isEmpty()) {
      Json.texts(json, "annotations", silence.annotations());
    }
    json.writeStringField("comment", silence.comment());
    json.writeStringField("createdBy", silence.createdBy());
    json.writeStringField("endsAt", DateTimes.text(silence.endsAt()));
    json.writeArrayFieldStart("matchers");
    for (Matchers set : silence.matcherSets()) {
      for (AlertMatcher matcher : set.list()) {
        write(json, matcher);
      }
    }
    json.writeEndArray();
    json.writeStringField("startsAt", DateTimes.text(silence.startsAt()));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, AlertMatcher matcher) throws IOException {
    MatchType type = matcher.type();
    json.writeStartObject();
    json.writeBooleanField("isEqual", type == MatchType.EQUAL || type == MatchType.REGEX);
    json.writeBooleanField("isRegex", type == MatchType.REGEX || type == MatchType.NOT_REGEX);
    json.writeStringField("name", matcher.name());
    json.writeStringField("value", matcher.value());
    json.writeEndObject();
  }
}
