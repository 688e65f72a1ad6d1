package io.narthex.alerting.internal.interval;

import java.util.List;
import java.util.Locale;

/** What the numbers of a range are; a range is written as one, or as {@code first:last}. */
enum RangeKind {
  /** 0 is Sunday. */
  WEEKDAY(
      "a day of the week such as monday, or a range such as monday:friday",
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
      0,
      false),
  /** Negative ones count from the end of the month. */
  DAY_OF_MONTH(
      "a day from 1 to 31 or from -31 to -1, or a range such as 1:7 or -3:-1", List.of(), 0, true),
  /** 1 is January. */
  MONTH(
      "a month such as january or 1, or a range such as may:august",
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december"),
      1,
      true),
  YEAR("a year such as 2026, or a range such as 2026:2028", List.of(), 0, true);

  private static final int LONGEST_MONTH = 31;
  private static final int SHORTEST_MONTH = 28;

  private final String expected;
  private final List<String> names;
  private final int first;
  private final boolean numbers;

  RangeKind(String expected, List<String> names, int first, boolean numbers) {
    this.expected = expected;
    this.names = names;
    this.first = first;
    this.numbers = numbers;
  }

  /** The range that is written. */
  InclusiveRange parse(String text) throws BadRangeException {
    String[] ends = text.toLowerCase(Locale.ROOT).split(":", -1);
    if (ends.length > 2) {
      throw unreadable(text);
    }
    int begin = number(ends[0], text);
    int end = number(ends[ends.length - 1], text);
    if (this == DAY_OF_MONTH) {
      checkDays(begin, end, text);
    } else if (begin > end) {
      throw new BadRangeException("\"%s\" ends before it begins".formatted(text));
    }
    return new InclusiveRange(begin, end);
  }

  /** A range as it is shown: days of the week by name, all else in numbers. */
  String text(InclusiveRange range) {
    return range.begin() == range.end()
        ? text(range.begin())
        : text(range.begin()) + ":" + text(range.end());
  }

  private String text(int number) {
    return this == WEEKDAY ? names.get(number) : String.valueOf(number);
  }

  private int number(String name, String text) throws BadRangeException {
    int index = names.indexOf(name);
    if (index >= 0) {
      return index + first;
    }
    if (!numbers) {
      throw unreadable(text);
    }
    try {
      return Math.toIntExact(Long.parseLong(name));
    } catch (NumberFormatException | ArithmeticException ignored) {
      throw unreadable(text);
    }
  }

  private void checkDays(int begin, int end, String text) throws BadRangeException {
    if (isNoDay(begin) || isNoDay(end)) {
      throw unreadable(text);
    }
    if (begin < 0 && end > 0) {
      throw new BadRangeException(
          "the end of \"%s\" must be negative, since its begin is".formatted(text));
    }
    // Counted in the shortest month: what is wrong there may be right in no other.
    int earliest = begin < 0 ? SHORTEST_MONTH + begin : begin;
    int latest = end < 0 ? SHORTEST_MONTH + end : end;
    if (earliest > latest) {
      throw new BadRangeException("\"%s\" always ends before it begins".formatted(text));
    }
  }

  private static boolean isNoDay(int day) {
    return day == 0 || Math.abs(day) > LONGEST_MONTH;
  }

  private BadRangeException unreadable(String text) {
    return new BadRangeException("\"%s\" must be %s".formatted(text, expected));
  }
}
