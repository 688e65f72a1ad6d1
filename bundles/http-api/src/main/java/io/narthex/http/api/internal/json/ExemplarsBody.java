package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarSeries;
import java.io.IOException;
import java.util.List;

/**
 * The answer of {@code /query_exemplars}. A body of its own for each answer; not safe for use by
 * several threads.
 */
public final class ExemplarsBody implements ChunkedBody {
  private static final int EXEMPLARS_A_STEP = 128;

  private final List<ExemplarSeries> series;
  private final PointWriter points = new PointWriter();
  private boolean begun;
  private int current;
  private int next;

  /** A body with these series, in this order. */
  public ExemplarsBody(List<ExemplarSeries> series) {
    this.series = List.copyOf(series);
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    if (!begun) {
      begun = true;
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeArrayFieldStart("data");
    }
    int left = EXEMPLARS_A_STEP;
    while (left > 0 && current < series.size()) {
      left -= writeSome(json, series.get(current), left);
    }
    if (current < series.size()) {
      return true;
    }
    json.writeEndArray();
    json.writeEndObject();
    return false;
  }

  /** Writes the next exemplars of a series, at most so many; how much that was of a step. */
  private int writeSome(JsonGenerator json, ExemplarSeries one, int max) throws IOException {
    if (next == 0) {
      json.writeStartObject();
      JsonLabels.writeField(json, "seriesLabels", one.labels());
      json.writeArrayFieldStart("exemplars");
    }
    int begin = next;
    int end = Math.min(one.exemplars().size(), next + max);
    for (; next < end; next++) {
      write(json, one.exemplars().get(next));
    }
    int written = Math.max(1, next - begin);
    if (next == one.exemplars().size()) {
      json.writeEndArray();
      json.writeEndObject();
      current++;
      next = 0;
    }
    return written;
  }

  private void write(JsonGenerator json, Exemplar exemplar) throws IOException {
    json.writeStartObject();
    JsonLabels.writeField(json, "labels", exemplar.labels());
    json.writeFieldName("value");
    points.writeGeneral(json, exemplar.value());
    json.writeFieldName("timestamp");
    points.writeTimestamp(json, exemplar.timestamp());
    json.writeEndObject();
  }
}
