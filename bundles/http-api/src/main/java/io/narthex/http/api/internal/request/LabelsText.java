package io.narthex.http.api.internal.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.narthex.api.model.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a label set that a parameter gives as a JSON object. */
public final class LabelsText {
  // The default recycler keeps buffers in a ThreadLocal, which would outlive this bundle.
  private static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  /** What Go says of a text that ends too early. */
  private static final String INCOMPLETE = "unexpected end of JSON input";

  private static final String BEGINNINGS = "{[\"-0123456789tfn";

  private LabelsText() {}

  /**
   * The labels; as in Go null is none, a value that is null or empty is no label, and of two with
   * one name the last counts.
   */
  public static Labels read(String text) throws BadParameterException {
    checkBeginning(text);
    Map<String, String> labels = new HashMap<>();
    String wrongType = null;
    try (JsonParser json = FACTORY.createParser(text)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        throw bad(INCOMPLETE);
      }
      if (first == JsonToken.START_OBJECT) {
        wrongType = readObject(json, labels);
      } else {
        wrongType = wrong(first, "map[string]string");
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        throw bad("more than one JSON value");
      }
    } catch (JsonEOFException ignored) {
      throw bad(INCOMPLETE);
    } catch (JsonProcessingException e) {
      throw bad(
          "no JSON at character %d: %s"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to be read", e);
    }
    // Go tells this only of a text that is JSON as a whole.
    if (wrongType != null) {
      throw bad(wrongType);
    }
    labels.values().removeIf(String::isEmpty);
    if (labels.containsKey("")) {
      throw bad("a label has no name");
    }
    return Labels.of(labels);
  }

  /** The likeliest fault is no JSON at all; of that, Go names the first byte. */
  private static void checkBeginning(String text) throws BadParameterException {
    String stripped = text.strip();
    if (!stripped.isEmpty() && BEGINNINGS.indexOf(stripped.charAt(0)) < 0) {
      char first = (char) (stripped.getBytes(StandardCharsets.UTF_8)[0] & 0xff);
      String quoted = GoQuote.quote(String.valueOf(first));
      throw bad(
          "invalid character '%s' looking for beginning of value"
              .formatted(first == '\'' ? "\\'" : quoted.substring(1, quoted.length() - 1)));
    }
  }

  /** Reads to the end of the object; gives the first text about a value that is no string. */
  private static @Nullable String readObject(JsonParser json, Map<String, String> labels)
      throws IOException {
    String wrongType = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        labels.put(name, json.getText());
      } else {
        String wrong = wrong(value, "string");
        wrongType = wrongType == null ? wrong : wrongType;
        json.skipChildren();
      }
    }
    return wrongType;
  }

  private static @Nullable String wrong(JsonToken token, String wanted) {
    String found =
        switch (token) {
          case START_OBJECT -> "object";
          case START_ARRAY -> "array";
          case VALUE_STRING -> "string";
          case VALUE_TRUE, VALUE_FALSE -> "bool";
          case VALUE_NULL -> "";
          default -> "number";
        };
    return found.isEmpty()
        ? null
        : "json: cannot unmarshal %s into Go value of type %s".formatted(found, wanted);
  }

  private static BadParameterException bad(String reason) {
    return new BadParameterException("error parsing labels: " + reason);
  }
}
