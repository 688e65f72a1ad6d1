package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Writes values and timestamps with upstream's spelling, without garbage for each. Not safe for use
 * by several threads.
 */
final class PointWriter {
  private final NumberText text = new NumberText();
  private final char[] chars = new char[32];

  /** Writes a pair of timestamp and value, the value as vectors and matrices have it. */
  void writePoint(JsonGenerator json, long timestamp, double value) throws IOException {
    json.writeStartArray();
    writeTimestamp(json, timestamp);
    writeGeneral(json, value);
    json.writeEndArray();
  }

  /** Writes seconds as a number, with milliseconds only if there are any. */
  void writeTimestamp(JsonGenerator json, long timestamp) throws IOException {
    text.timestamp(timestamp);
    for (int i = 0; i < text.length(); i++) {
      chars[i] = (char) text.bytes()[i];
    }
    json.writeNumber(chars, 0, text.length());
  }

  /** Writes a value as a string, with an exponent if it is very small or very big. */
  void writeGeneral(JsonGenerator json, double value) throws IOException {
    text.general(value);
    json.writeRawUTF8String(text.bytes(), 0, text.length());
  }

  /** Writes a value as a string, never with an exponent. */
  void writePlain(JsonGenerator json, double value) throws IOException {
    text.plain(value);
    json.writeRawUTF8String(text.bytes(), 0, text.length());
  }
}
