package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Opens JSON generators, and writes the small documents: errors. */
public final class JsonDocuments {
  // The default recycler keeps buffers in a ThreadLocal, which would outlive this bundle.
  private final JsonFactory factory =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  /** A generator that writes UTF-8. */
  public JsonGenerator open(OutputStream out) throws IOException {
    return factory.createGenerator(out);
  }

  /** Upstream's error envelope. */
  public byte[] error(String errorType, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = open(out)) {
      json.writeStartObject();
      json.writeStringField("status", "error");
      json.writeStringField("errorType", errorType);
      json.writeStringField("error", message);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an error could not be written as JSON", e);
    }
    return out.toByteArray();
  }
}
