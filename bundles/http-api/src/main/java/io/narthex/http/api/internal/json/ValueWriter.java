package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import java.io.IOException;
import java.util.List;

/** Writes what stands between the brackets of {@code "result":[…]}, step by step. */
abstract class ValueWriter {
  /** So many samples of one series are written in a step. */
  private static final int SAMPLES_A_STEP = 512;

  /** So many series of a vector are written in a step. */
  private static final int SERIES_A_STEP = 64;

  private final PointWriter points = new PointWriter();

  static ValueWriter of(QueryValue value, int limit) {
    return switch (value) {
      case QueryValue.Vector vector -> new OfVector(vector.samples().subList(0, limit));
      case QueryValue.Matrix matrix -> new OfMatrix(matrix.series().subList(0, limit));
      case QueryValue.Scalar scalar -> new OfScalar(scalar);
      case QueryValue.Text string -> new OfText(string);
    };
  }

  /** Writes the next samples; whether there are more. */
  abstract boolean writeSome(JsonGenerator json) throws IOException;

  final void writeMetric(JsonGenerator json, Labels labels) throws IOException {
    JsonLabels.writeField(json, "metric", labels);
  }

  final PointWriter points() {
    return points;
  }

  private static final class OfVector extends ValueWriter {
    private final List<QueryValue.Sample> samples;
    private int next;

    OfVector(List<QueryValue.Sample> samples) {
      this.samples = samples;
    }

    @Override
    boolean writeSome(JsonGenerator json) throws IOException {
      int end = Math.min(samples.size(), next + SERIES_A_STEP);
      for (; next < end; next++) {
        QueryValue.Sample sample = samples.get(next);
        json.writeStartObject();
        writeMetric(json, sample.labels());
        json.writeFieldName("value");
        points().writePoint(json, sample.timestamp(), sample.value());
        json.writeEndObject();
      }
      return next < samples.size();
    }
  }

  private static final class OfMatrix extends ValueWriter {
    private final List<QueryValue.Series> series;
    private int current;
    private int next;

    OfMatrix(List<QueryValue.Series> series) {
      this.series = series;
    }

    @Override
    boolean writeSome(JsonGenerator json) throws IOException {
      if (current == series.size()) {
        return false;
      }
      QueryValue.Series one = series.get(current);
      int count = one.timestamps().length;
      if (next == 0) {
        json.writeStartObject();
        writeMetric(json, one.labels());
        if (count > 0) {
          json.writeArrayFieldStart("values");
        }
      }
      int end = Math.min(count, next + SAMPLES_A_STEP);
      for (; next < end; next++) {
        points().writePoint(json, one.timestamps()[next], one.values()[next]);
      }
      if (next == count) {
        if (count > 0) {
          json.writeEndArray();
        }
        json.writeEndObject();
        current++;
        next = 0;
      }
      return current < series.size();
    }
  }

  private static final class OfScalar extends ValueWriter {
    private final QueryValue.Scalar scalar;

    OfScalar(QueryValue.Scalar scalar) {
      this.scalar = scalar;
    }

    @Override
    boolean writeSome(JsonGenerator json) throws IOException {
      points().writeTimestamp(json, scalar.timestamp());
      points().writePlain(json, scalar.value());
      return false;
    }
  }

  private static final class OfText extends ValueWriter {
    private final QueryValue.Text string;

    OfText(QueryValue.Text string) {
      this.string = string;
    }

    @Override
    boolean writeSome(JsonGenerator json) throws IOException {
      points().writeTimestamp(json, string.timestamp());
      json.writeString(string.value());
      return false;
    }
  }
}
