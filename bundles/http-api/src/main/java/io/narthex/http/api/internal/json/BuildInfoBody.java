package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * The answer of {@code /status/buildinfo}: upstream's fields, and our version in one of its own. No
 * {@code features}: Grafana would take us for Mimir.
 *
 * @param version the upstream version that we are compatible with
 */
public record BuildInfoBody(String version, String narthexVersion) implements ChunkedBody {
  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", "success");
    json.writeObjectFieldStart("data");
    json.writeStringField("version", version);
    json.writeStringField("revision", "");
    json.writeStringField("branch", "");
    json.writeStringField("buildUser", "");
    json.writeStringField("buildDate", "");
    json.writeStringField("goVersion", "");
    json.writeStringField("narthexVersion", narthexVersion);
    json.writeEndObject();
    json.writeEndObject();
    return false;
  }
}
