package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.model.Labels;
import java.io.IOException;
import java.util.List;

/**
 * An answer whose data is a list, in upstream's envelope. A body of its own for each answer; not
 * safe for use by several threads.
 *
 * @param <T> what is in the list
 */
public final class ListBody<T> implements ChunkedBody {
  private static final int ITEMS_A_STEP = 64;

  private final List<T> items;
  private final ItemWriter<T> writer;
  private final List<String> warnings;
  private boolean begun;
  private int next;

  /** Writes one item. */
  @FunctionalInterface
  public interface ItemWriter<T> {
    /** Writes it as one JSON value. */
    void write(JsonGenerator json, T item) throws IOException;
  }

  private ListBody(List<T> items, ItemWriter<T> writer, List<String> warnings) {
    this.items = items;
    this.writer = writer;
    this.warnings = List.copyOf(warnings);
  }

  /** A list of strings, in this order. */
  public static ListBody<String> ofStrings(List<String> strings, List<String> warnings) {
    return new ListBody<>(strings, JsonGenerator::writeString, warnings);
  }

  /** A list of label sets, in this order. */
  public static ListBody<Labels> ofLabels(List<Labels> series, List<String> warnings) {
    return new ListBody<>(series, JsonLabels::write, warnings);
  }

  /** A list of anything, in this order. */
  public static <T> ListBody<T> of(List<T> items, ItemWriter<T> writer) {
    return new ListBody<>(items, writer, List.of());
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    if (!begun) {
      begun = true;
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeArrayFieldStart("data");
    }
    int end = Math.min(items.size(), next + ITEMS_A_STEP);
    for (; next < end; next++) {
      writer.write(json, items.get(next));
    }
    if (next < items.size()) {
      return true;
    }
    json.writeEndArray();
    Annotations.write(json, "warnings", "warning", warnings);
    json.writeEndObject();
    return false;
  }
}
