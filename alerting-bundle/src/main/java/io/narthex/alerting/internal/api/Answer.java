package io.narthex.alerting.internal.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param body in JSON; null if there is none
 */
record Answer(int status, byte @Nullable [] body) {
  private static final int FIRST_BYTES = 4 * 1024;

  /** A document that is written. */
  @FunctionalInterface
  interface Document {
    void write(JsonGenerator json) throws IOException;
  }

  /** Nothing but a status. */
  static Answer empty(int status) {
    return new Answer(status, null);
  }

  /** A document. */
  static Answer of(int status, Document document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(FIRST_BYTES);
    try (JsonGenerator json = Json.generator(out)) {
      document.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.write('\n');
    return new Answer(status, out.toByteArray());
  }

  /** An error as the handlers of upstream tell it: a text. */
  static Answer text(int status, String text) {
    return of(status, json -> json.writeString(text));
  }

  /**
   * An error as the frame around the handlers of upstream tells it.
   *
   * @param code above 599 for what is wrong with a value; the status is 422 then
   */
  static Answer error(int code, String message) {
    return of(
        code > 599 ? 422 : code,
        json -> {
          json.writeStartObject();
          json.writeNumberField("code", code);
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }
}
