package io.narthex.alerting.internal.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request as upstream's language does: names in any case, unknown ones skipped,
 * {@code null} for what is not given. What is wrong is answered with status 400.
 */
final class JsonBody implements AutoCloseable {
  private final String name;
  private final JsonParser json;

  /**
   * A body.
   *
   * @param name what it is, for messages
   */
  JsonBody(String name, byte[] bytes) {
    if (bytes.length == 0) {
      throw new RequestException(Answer.error(602, name + " in body is required"));
    }
    this.name = name;
    try {
      this.json = Json.parser(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a field; the parser stands at its value. */
  interface FieldReader {
    void read(String lowerCaseName) throws IOException;
  }

  /** Reads something; the parser stands at its first token. */
  interface Reader {
    void read() throws IOException;
  }

  /** Reads the whole body. */
  void whole(Reader reader) {
    try {
      json.nextToken();
      if (json.currentToken() == null) {
        throw new RequestException(Answer.error(602, name + " in body is required"));
      }
      reader.read();
    } catch (StreamConstraintsException e) {
      throw bad(e.getOriginalMessage());
    } catch (JacksonException e) {
      throw bad(
          "it is no JSON: line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the items of a list; nothing for {@code null}. */
  void list(String what, Reader item) throws IOException {
    if (isNull()) {
      return;
    }
    expect(JsonToken.START_ARRAY, what, "a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      item.read();
    }
  }

  /** Reads the fields of an object; nothing for {@code null}. */
  void object(String what, FieldReader fields) throws IOException {
    if (isNull()) {
      return;
    }
    expect(JsonToken.START_OBJECT, what, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      fields.read(field.toLowerCase(Locale.ROOT));
    }
  }

  /** Skips a value. */
  void skip() throws IOException {
    json.skipChildren();
  }

  boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  /** A text; null for {@code null}. */
  @Nullable String text(String what) throws IOException {
    if (isNull()) {
      return null;
    }
    expect(JsonToken.VALUE_STRING, what, "a string");
    return json.getText();
  }

  /** True or false; null for {@code null}. */
  @Nullable Boolean bool(String what) throws IOException {
    if (isNull()) {
      return null;
    }
    if (!json.currentToken().isBoolean()) {
      throw mismatch(what, "true or false");
    }
    return json.getBooleanValue();
  }

  /** A time in ms; null for {@code null}, nothing for the zero time. */
  @Nullable OptionalLong time(String what) throws IOException {
    String text = text(what);
    if (text == null) {
      return null;
    }
    Optional<OptionalLong> time = DateTimes.parse(text);
    return time.orElseThrow(
        () ->
            bad(
                "%s must be a time such as 2026-01-31T09:30:00.000Z, got \"%s\""
                    .formatted(what, text)));
  }

  /** Texts by name; null for {@code null}. */
  @Nullable Map<String, String> texts(String what) throws IOException {
    if (isNull()) {
      return null;
    }
    expect(JsonToken.START_OBJECT, what, "an object");
    Map<String, String> texts = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      String value = text("%s of %s".formatted(key, what));
      texts.put(key, value == null ? "" : value);
    }
    return texts;
  }

  private void expect(JsonToken token, String what, String expected) {
    if (json.currentToken() != token) {
      throw mismatch(what, expected);
    }
  }

  private RequestException mismatch(String what, String expected) {
    String found =
        switch (json.currentToken()) {
          case START_ARRAY -> "a list";
          case START_OBJECT -> "an object";
          case VALUE_STRING -> "a string";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
          case VALUE_TRUE, VALUE_FALSE -> "true or false";
          case VALUE_NULL -> "null";
          default -> "the end";
        };
    return bad("%s must be %s, got %s".formatted(what, expected, found));
  }

  private RequestException bad(String reason) {
    return new RequestException(
        Answer.error(400, "parsing %s body from \"\" failed, because %s".formatted(name, reason)));
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
