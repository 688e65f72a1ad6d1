package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A JSON document that is written in steps, so that a big one is never in memory as a whole. */
public interface ChunkedBody {
  /**
   * Writes the next part, some ten kB at most if labels and texts are of usual size.
   *
   * @return whether there is more to write
   */
  boolean writeSome(JsonGenerator json) throws IOException;
}
