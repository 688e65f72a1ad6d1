package io.narthex.scrape.internal.plain;

/** An answer is not HTTP, or not whole; the message is worded as Go's. */
final class BadResponseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean inHead;

  private BadResponseException(boolean inHead, String message) {
    super(message);
    this.inHead = inHead;
  }

  static BadResponseException inHead(String message) {
    return new BadResponseException(true, message);
  }

  static BadResponseException inBody(String message) {
    return new BadResponseException(false, message);
  }

  /** Whether it was found before the body began: upstream words these with the request's URL. */
  boolean inHead() {
    return inHead;
  }
}
