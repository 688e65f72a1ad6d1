package io.narthex.alerting.internal.interval;

/** Whole numbers from one to another, both included. */
public record InclusiveRange(int begin, int end) {
  /** Whether the number is in it. */
  public boolean contains(int number) {
    return begin <= number && number <= end;
  }
}
