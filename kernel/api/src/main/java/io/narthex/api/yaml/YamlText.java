package io.narthex.api.yaml;

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

/**
 * Decodes the bytes of YAML files as upstream's reader does: UTF-8, or UTF-16 with a byte order
 * mark; all of it must be valid. A mark is no part of the text.
 */
public final class YamlText {
  private YamlText() {}

  /**
   * Decodes a file.
   *
   * @param problems gets what is wrong
   * @return empty if it is no text
   */
  public static Optional<String> decode(byte[] content, List<Problem> problems) {
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
              place(good, good.codePointCount(0, good.length())),
              "not valid %s: the byte 0x%02X cannot stand here; save the file as UTF-8"
                  .formatted(charset, content[bytes.position()] & 0xff)));
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }

  /** Where the character of this index, counted in code points, stands in the text. */
  static Position place(String text, int codePoint) {
    int line = 1;
    int column = 1;
    int i = 0;
    for (int left = codePoint; left > 0 && i < text.length(); left--) {
      int character = text.codePointAt(i);
      if (character == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
      i += Character.charCount(character);
    }
    return new Position(line, column);
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
