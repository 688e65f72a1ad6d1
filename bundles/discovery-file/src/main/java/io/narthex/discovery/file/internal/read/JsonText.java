package io.narthex.discovery.file.internal.read;

import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Decodes the bytes of JSON files as upstream's reader does. */
final class JsonText {
  private JsonText() {}

  /** JSON is UTF-8; what is not valid in it is read as U+FFFD. */
  static Optional<String> decode(byte[] content, List<Problem> problems) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.startsWith("\ufeff")) {
      problems.add(
          new Problem(
              Position.START,
              "not valid JSON: the file begins with a byte order mark; save it as UTF-8 without one"));
      return Optional.empty();
    }
    return Optional.of(text);
  }
}
