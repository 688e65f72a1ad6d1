package io.narthex.scrape.internal.record;

import io.narthex.scrape.internal.fetch.ByteSink;

/** What came of asking a target. */
public sealed interface Attempt {
  /** The target answered; the bytes are not compressed. */
  record Answered(ByteSink body, String contentType) implements Attempt {}

  /**
   * It did not, and this is why.
   *
   * @param bodyTooLarge whether it did answer, but with more than {@code body_size_limit} allows
   */
  record Failed(String error, boolean bodyTooLarge) implements Attempt {
    /** Any failure but a body that is too large. */
    public Failed(String error) {
      this(error, false);
    }
  }

  /**
   * What {@code scrape_body_size_bytes} says: the uncompressed size, -1 if it was too large, 0 if
   * there was no body.
   */
  default long bodySize() {
    return switch (this) {
      case Answered answered -> answered.body().length();
      case Failed failed -> failed.bodyTooLarge() ? -1 : 0;
    };
  }
}
