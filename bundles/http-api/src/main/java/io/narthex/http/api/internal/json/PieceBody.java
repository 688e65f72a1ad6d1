package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * An answer whose data is written piece by piece, in upstream's envelope. A body of its own for
 * each answer; not safe for use by several threads.
 */
final class PieceBody implements ChunkedBody {
  private static final int PIECES_A_STEP = 16;

  private final Iterator<DataBody.DataWriter> pieces;
  private boolean begun;

  /** A body whose pieces together write one JSON value. */
  PieceBody(List<DataBody.DataWriter> pieces) {
    this.pieces = pieces.iterator();
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    if (!begun) {
      begun = true;
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeFieldName("data");
    }
    for (int i = 0; i < PIECES_A_STEP && pieces.hasNext(); i++) {
      pieces.next().write(json);
    }
    if (pieces.hasNext()) {
      return true;
    }
    json.writeEndObject();
    return false;
  }
}
