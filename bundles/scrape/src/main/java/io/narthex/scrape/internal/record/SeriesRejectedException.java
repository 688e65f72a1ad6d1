package io.narthex.scrape.internal.record;

/** A series may not be stored as it is, which fails the scrape; the message is upstream's. */
class SeriesRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  SeriesRejectedException(String message) {
    super(message);
  }
}
