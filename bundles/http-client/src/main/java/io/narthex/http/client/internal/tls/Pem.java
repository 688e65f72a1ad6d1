package io.narthex.http.client.internal.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM text. What stands outside of them does not count, and a broken one neither.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private Pem() {}

  /**
   * A block.
   *
   * @param type for example {@code CERTIFICATE}
   * @param encrypted whether its headers say that a passphrase is needed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Block(String type, byte[] der, boolean encrypted) {}

  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String body = matcher.group(2).strip();
      boolean encrypted = body.contains("ENCRYPTED");
      int headers = body.lastIndexOf(':');
      String data = headers < 0 ? body : afterHeaders(body, headers);
      try {
        blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(data), encrypted));
      } catch (IllegalArgumentException e) {
        continue;
      }
    }
    return blocks;
  }

  private static String afterHeaders(String body, int lastColon) {
    int line = body.indexOf('\n', lastColon);
    return line < 0 ? "" : body.substring(line);
  }
}
