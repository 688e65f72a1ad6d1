package io.narthex.api.http;

import java.nio.ByteBuffer;

/** Takes the body of an answer as it comes; called by one thread at a time, never blocks. */
@FunctionalInterface
public interface BodySink {
  /**
   * Takes a piece of the body, still compressed if the answer is. The buffer is only valid during
   * the call.
   *
   * @return false to give the answer up: the request then fails with {@link
   *     HttpErrors#BODY_REFUSED}
   */
  boolean accept(ByteBuffer piece);
}
