package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.target.MetricMetadata;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * The answer of {@code /metadata}: what is said about each metric family. A body of its own for
 * each answer; not safe for use by several threads.
 */
public final class MetadataBody implements ChunkedBody {
  private static final int FAMILIES_A_STEP = 32;

  private final Iterator<? extends Map.Entry<String, ? extends Collection<MetricMetadata>>>
      families;
  private boolean begun;

  /** A body with these families, in the map's order; nobody changes it any more. */
  public MetadataBody(Map<String, ? extends Collection<MetricMetadata>> families) {
    this.families = families.entrySet().iterator();
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    if (!begun) {
      begun = true;
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeObjectFieldStart("data");
    }
    for (int i = 0; i < FAMILIES_A_STEP && families.hasNext(); i++) {
      write(json, families.next());
    }
    if (families.hasNext()) {
      return true;
    }
    json.writeEndObject();
    json.writeEndObject();
    return false;
  }

  private static void write(
      JsonGenerator json, Map.Entry<String, ? extends Collection<MetricMetadata>> family)
      throws IOException {
    json.writeArrayFieldStart(family.getKey());
    for (MetricMetadata metadata : family.getValue()) {
      json.writeStartObject();
      json.writeStringField("type", metadata.type());
      json.writeStringField("unit", metadata.unit());
      json.writeStringField("help", metadata.help());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
