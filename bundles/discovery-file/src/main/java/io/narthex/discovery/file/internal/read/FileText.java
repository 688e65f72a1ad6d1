package io.narthex.discovery.file.internal.read;

import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Decodes the bytes of files as upstream's readers do. */
final class FileText {
  private FileText() {}

  /** JSON is UTF-8; what is not valid in it is read as U+FFFD. */
  static Optional<String> ofJson(byte[] content, List<Problem> problems) {
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

  /** YAML is UTF-8, or UTF-16 with a byte order mark; all of it must be valid. */
  static Optional<String> ofYaml(byte[] content, List<Problem> problems) {
    if (beginsWith(content, 0xff, 0xfe)) {
      return strictly(content, 2, StandardCharsets.UTF_16LE, problems);
    }
    if (beginsWith(content, 0xfe, 0xff)) {
      return strictly(content, 2, StandardCharsets.UTF_16BE, problems);
    }
    int skipped = beginsWith(content, 0xef, 0xbb, 0xbf) ? 3 : 0;
    return strictly(content, skipped, StandardCharsets.UTF_8, problems);
  }

  private static Optional<String> strictly(
      byte[] content, int from, Charset charset, List<Problem> problems) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(content, from, content.length - from);
    CharBuffer text = CharBuffer.allocate(content.length);
    CoderResult result = decoder.decode(bytes, text, true);
    text.flip();
    if (result.isError()) {
      String good = text.toString();
      problems.add(
          new Problem(
              Positions.of(good, good.codePointCount(0, good.length())),
              "not valid %s: the byte 0x%02X cannot stand here; save the file as UTF-8"
                  .formatted(charset, content[bytes.position()] & 0xff)));
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }

  private static boolean beginsWith(byte[] content, int... mark) {
    if (content.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((content[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
