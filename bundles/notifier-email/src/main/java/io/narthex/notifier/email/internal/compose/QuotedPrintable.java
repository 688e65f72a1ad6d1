package io.narthex.notifier.email.internal.compose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.util.QPEncoderStream;

/** Writes UTF-8 in lines of ASCII that every server takes, with or without 8BITMIME. */
final class QuotedPrintable {
  private QuotedPrintable() {}

  static String of(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
    try (QPEncoderStream encoder = new QPEncoderStream(out)) {
      encoder.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toString(StandardCharsets.US_ASCII);
  }
}
