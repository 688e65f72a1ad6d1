package io.narthex.alerting.internal.interval;

/**
 * Minutes of a day.
 *
 * @param start the first one, from 0
 * @param end the one after the last, up to 1440
 */
public record MinuteRange(int start, int end) {
  /** Whether the minute is in it. */
  public boolean contains(int minute) {
    return start <= minute && minute < end;
  }
}
