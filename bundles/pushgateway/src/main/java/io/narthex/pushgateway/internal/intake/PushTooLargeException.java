package io.narthex.pushgateway.internal.intake;

/** A body that says more than there is room for now. */
public final class PushTooLargeException extends PushFormatException {
  private static final long serialVersionUID = 1L;

  private final long weight;
  private final boolean passing;

  PushTooLargeException(long weight, boolean passing) {
    super("there is no room for what was pushed");
    this.weight = weight;
    this.passing = passing;
  }

  /** About how many bytes of memory it would take at least. */
  public long weight() {
    return weight;
  }

  /** Whether there would be room if no other body were read at the same time. */
  public boolean isPassing() {
    return passing;
  }
}
