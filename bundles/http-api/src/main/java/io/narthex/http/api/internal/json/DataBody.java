package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** An answer with data that is small enough to be written in one step, in upstream's envelope. */
public record DataBody(DataWriter data) implements ChunkedBody {
  /** Writes one JSON value. */
  @FunctionalInterface
  public interface DataWriter {
    /** Writes it. */
    void write(JsonGenerator json) throws IOException;
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", "success");
    json.writeFieldName("data");
    data.write(json);
    json.writeEndObject();
    return false;
  }
}
