package io.narthex.scrape.internal.loop;

import io.narthex.scrape.internal.fetch.ByteSink;

/** What came of asking a target. */
sealed interface Attempt {
  /** The target answered; the bytes are not compressed. */
  record Answered(ByteSink body, String contentType) implements Attempt {}

  /** It did not, and this is why. */
  record Failed(String error) implements Attempt {}
}
