package io.narthex.alerting.internal.silence;

/** Where a silence stands in its time. */
public enum SilenceState {
  /** It is over. */
  EXPIRED("expired"),
  /** It mutes. */
  ACTIVE("active"),
  /** It has yet to begin. */
  PENDING("pending");

  private final String text;

  SilenceState(String text) {
    this.text = text;
  }

  /** The name over HTTP and in metrics. */
  public String text() {
    return text;
  }
}
