package io.narthex.alerting.internal.interval;

/** Ranges of a time interval in the one form in which they are shown. */
public final class RangeText {
  private RangeText() {}

  /**
   * The normal form of a range.
   *
   * @param key where it stands: {@code weekdays}, {@code days_of_month}, {@code months} or {@code
   *     years}
   * @param text a range that is in order
   */
  public static String normal(String key, String text) {
    RangeKind kind =
        switch (key) {
          case "weekdays" -> RangeKind.WEEKDAY;
          case "days_of_month" -> RangeKind.DAY_OF_MONTH;
          case "months" -> RangeKind.MONTH;
          case "years" -> RangeKind.YEAR;
          default -> throw new IllegalArgumentException(key + " has no ranges");
        };
    try {
      return kind.text(kind.parse(text));
    } catch (BadRangeException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
