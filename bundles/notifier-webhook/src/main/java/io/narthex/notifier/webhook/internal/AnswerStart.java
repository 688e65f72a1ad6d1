package io.narthex.notifier.webhook.internal;

import io.narthex.api.http.BodySink;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Keeps how an answer begins, for messages, and lets the rest pass. */
final class AnswerStart implements BodySink {
  /** Upstream keeps all of it; log lines and pages of alerts should stay readable. */
  static final int MAX_BYTES = 2048;

  private final byte[] kept = new byte[MAX_BYTES];
  private int length;
  private boolean cut;

  @Override
  public synchronized boolean accept(ByteBuffer piece) {
    int taken = Math.min(piece.remaining(), MAX_BYTES - length);
    cut |= taken < piece.remaining();
    piece.get(kept, length, taken);
    length += taken;
    return true;
  }

  /** What it says, with an ellipsis if there is more. */
  synchronized String text() {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer text = CharBuffer.allocate(length);
    // Not the end of input where it was cut: half a character at the end is left out.
    decoder.decode(ByteBuffer.wrap(kept, 0, length), text, !cut);
    return text.flip() + (cut ? "…" : "");
  }
}
