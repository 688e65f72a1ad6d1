package io.narthex.remote.internal.write;

/**
 * What a sender is told.
 *
 * @param status 204 if all is stored, 400 if sending it again would not help, 503 or 500 if it
 *     would
 * @param text empty if all is stored
 */
public record Answer(int status, String text) {
  /** All that was sent is stored. */
  public static final Answer STORED = new Answer(204, "");

  /** What is needed is not there now. */
  public static Answer unavailable(String text) {
    return new Answer(503, text);
  }
}
