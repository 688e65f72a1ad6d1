package io.narthex.scrape.internal.record;

/** A series has too many labels, or one that is too long. */
final class LabelLimitException extends SeriesRejectedException {
  private static final long serialVersionUID = 1L;

  LabelLimitException(String message) {
    super(message);
  }
}
