package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a query in upstream's envelope. A body of its own for each answer; not safe for use
 * by several threads.
 */
public final class QueryResultBody implements ChunkedBody {
  private final QueryResult result;
  private final List<String> warnings;
  private final ValueWriter value;
  private boolean begun;

  /**
   * A result with its envelope.
   *
   * @param limit how many series of a vector or matrix are sent, 0 for all; a warning says that
   *     there were more
   * @param requestWarnings are sent beside the result's own
   */
  public QueryResultBody(QueryResult result, long limit, List<String> requestWarnings) {
    this.result = result;
    this.warnings = new ArrayList<>(result.warnings());
    int count = seriesCount(result.value());
    boolean truncated = limit > 0 && count > limit;
    if (truncated) {
      warnings.add(Annotations.TRUNCATED);
    }
    warnings.addAll(requestWarnings);
    this.value = ValueWriter.of(result.value(), truncated ? (int) limit : count);
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    if (!begun) {
      begun = true;
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeObjectFieldStart("data");
      json.writeStringField("resultType", typeName(result.value()));
      json.writeArrayFieldStart("result");
    }
    if (value.writeSome(json)) {
      return true;
    }
    json.writeEndArray();
    json.writeEndObject();
    Annotations.write(json, "warnings", "warning", warnings);
    Annotations.write(json, "infos", "info", result.infos());
    json.writeEndObject();
    return false;
  }

  private static int seriesCount(QueryValue value) {
    return switch (value) {
      case QueryValue.Vector vector -> vector.samples().size();
      case QueryValue.Matrix matrix -> matrix.series().size();
      case QueryValue.Scalar ignored -> 1;
      case QueryValue.Text ignored -> 1;
    };
  }

  private static String typeName(QueryValue value) {
    return switch (value) {
      case QueryValue.Vector ignored -> "vector";
      case QueryValue.Matrix ignored -> "matrix";
      case QueryValue.Scalar ignored -> "scalar";
      case QueryValue.Text ignored -> "string";
    };
  }
}
