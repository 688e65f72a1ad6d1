package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.model.Labels;
import java.io.IOException;

/** Writes label sets as objects. */
public final class JsonLabels {
  private JsonLabels() {}

  /** Writes a field whose value is the label set. */
  public static void writeField(JsonGenerator json, String field, Labels labels)
      throws IOException {
    json.writeFieldName(field);
    write(json, labels);
  }

  /** Writes the label set. */
  public static void write(JsonGenerator json, Labels labels) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }
}
