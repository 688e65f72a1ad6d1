package io.narthex.discovery.file.internal.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads JSON into nodes that know their place. What is no string, number, true and false, is a
 * plain scalar.
 */
final class JsonNodes {
  private static final int MAX_DEPTH = 100;

  // The default recycler keeps buffers in a ThreadLocal, which would outlive this bundle.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(TargetFileReader.MOST_BYTES)
                  .maxNameLength(TargetFileReader.MOST_BYTES)
                  .maxNumberLength(1000)
                  .build())
          .build();

  private final JsonParser parser;
  private final ValueBudget budget;

  private JsonNodes(JsonParser parser, ValueBudget budget) {
    this.parser = parser;
    this.budget = budget;
  }

  /**
   * Reads a document.
   *
   * @param problems gets what is wrong
   * @return empty if it cannot be read
   */
  static Optional<ConfigNode> read(String text, ValueBudget budget, List<Problem> problems) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonNodes nodes = new JsonNodes(parser, budget);
      if (parser.nextToken() == null) {
        problems.add(new Problem(Position.START, "not valid JSON: there is nothing in the file"));
        return Optional.empty();
      }
      ConfigNode root = nodes.value();
      if (parser.nextToken() != null) {
        problems.add(
            new Problem(
                nodes.here(), "not valid JSON: something follows after the end of the list"));
        return Optional.empty();
      }
      return Optional.of(root);
    } catch (JsonEOFException e) {
      problems.add(
          new Problem(
              position(e.getLocation()),
              "not valid JSON: the file ends too soon, a list, mapping or string is not closed"));
    } catch (JsonProcessingException e) {
      problems.add(
          new Problem(
              position(e.getLocation()),
              "not valid JSON: " + JsonMessages.plain(e.getOriginalMessage())));
    } catch (IOException e) {
      throw new IllegalStateException("a text cannot fail to be read", e);
    }
    return Optional.empty();
  }

  private ConfigNode value() throws IOException {
    budget.take();
    Position position = here();
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(position);
      case START_ARRAY -> sequence(position);
      case VALUE_STRING -> new ConfigNode.Scalar(position, wellFormed(), false, false);
      case VALUE_NULL -> new ConfigNode.Scalar(position, "", true, true);
      default -> new ConfigNode.Scalar(position, parser.getText(), true, false);
    };
  }

  private ConfigNode mapping(Position position) throws IOException {
    List<ConfigNode.Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = wellFormed();
      Position at = here();
      parser.nextToken();
      entries.add(new ConfigNode.Entry(key, at, value()));
    }
    return new ConfigNode.Mapping(position, entries);
  }

  private ConfigNode sequence(Position position) throws IOException {
    List<ConfigNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new ConfigNode.Sequence(position, items);
  }

  /** The text, with U+FFFD for what cannot be written as UTF-8: half an escaped pair. */
  private String wellFormed() throws IOException {
    String text = parser.getText();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int[] points = text.codePoints().map(p -> isHalf(p) ? 0xfffd : p).toArray();
        return new String(points, 0, points.length);
      }
    }
    return text;
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private Position here() {
    return position(parser.currentTokenLocation());
  }

  private static Position position(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? Position.START
        : new Position(location.getLineNr(), Math.max(1, location.getColumnNr()));
  }
}
