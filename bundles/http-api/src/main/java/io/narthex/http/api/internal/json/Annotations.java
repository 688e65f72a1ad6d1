package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What upstream sends beside a result: warnings and infos. */
public final class Annotations {
  /** The warning that there was more than the request's limit. */
  public static final String TRUNCATED = "results truncated due to limit";

  /** Upstream sends so many warnings and so many infos, and says how many more there are. */
  private static final int MAX = 10;

  private Annotations() {}

  /** Writes the field, or nothing if there are none. */
  static void write(JsonGenerator json, String field, String kind, List<String> annotations)
      throws IOException {
    if (annotations.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    int sent = Math.min(annotations.size(), MAX);
    for (String annotation : annotations.subList(0, sent)) {
      json.writeString(annotation);
    }
    if (sent < annotations.size()) {
      json.writeString("%d more %s annotations omitted".formatted(annotations.size() - sent, kind));
    }
    json.writeEndArray();
  }
}
