package io.narthex.templates.internal.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Reads a time by one of Go's layouts, once. */
public final class TimeParser {
  private final String layout;
  private final String text;
  private int at;
  private int year;
  private int month = 1;
  private int day = 1;
  private int dayOfYear;
  private int hour;
  private int minute;
  private int second;
  private int nanos;
  private boolean afternoon;
  private boolean morning;
  private ZoneOffset offset = ZoneOffset.UTC;

  private TimeParser(String layout, String text) {
    this.layout = layout;
    this.text = text;
  }

  /**
   * Reads a time; in UTC if it names no zone.
   *
   * @throws TemplateFault with Go's text
   */
  public static GoTime parse(String layout, String text) {
    return new TimeParser(layout, text).parse();
  }

  private GoTime parse() {
    for (int i = 0; i < layout.length(); ) {
      String element = TimeLayout.elementAt(layout, i);
      if (element.isEmpty()) {
        literal(i);
        i++;
      } else {
        read(element, i + element.length());
        i += element.length();
      }
    }
    if (at < text.length()) {
      throw fault(": extra text: " + GoQuote.quote(text.substring(at)));
    }
    return time();
  }

  private GoTime time() {
    if (afternoon && hour < 12) {
      hour += 12;
    } else if (morning && hour == 12) {
      hour = 0;
    }
    try {
      LocalDate date =
          dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
      LocalDateTime local = date.atTime(hour, minute, second, nanos);
      return new GoTime(local.toInstant(offset), offset, false);
    } catch (DateTimeException noSuchDay) {
      throw fault(": day out of range");
    }
  }

  private void literal(int index) {
    if (at >= text.length() || text.charAt(at) != layout.charAt(index)) {
      throw unreadable(layout.substring(index));
    }
    at++;
  }

  private void read(String element, int layoutEnd) {
    switch (element) {
      case "January" -> month = name(TimeLayout.MONTHS, element, false) + 1;
      case "Jan" -> month = name(TimeLayout.MONTHS, element, true) + 1;
      case "Monday" -> name(TimeLayout.DAYS, element, false);
      case "Mon" -> name(TimeLayout.DAYS, element, true);
      case "1" -> month = inRange(number(1, 2, element), 1, 12, "month");
      case "01" -> month = inRange(number(2, 2, element), 1, 12, "month");
      case "2", "_2" -> day = day(element, 1);
      case "02" -> day = day(element, 2);
      case "002", "__2" -> dayOfYear = dayOfYear(element);
      case "15" -> hour = inRange(number(2, 2, element), 0, 23, "hour");
      case "3" -> hour = inRange(number(1, 2, element), 0, 12, "hour");
      case "03" -> hour = inRange(number(2, 2, element), 0, 12, "hour");
      case "4" -> minute = inRange(number(1, 2, element), 0, 59, "minute");
      case "04" -> minute = inRange(number(2, 2, element), 0, 59, "minute");
      case "5", "05" -> second(element, layoutEnd);
      case "2006" -> year = number(4, 4, element);
      case "06" -> year = shortYear(number(2, 2, element));
      case "PM", "pm" -> halfOfDay(element);
      case "MST" -> zone(element);
      default -> rest(element);
    }
  }

  private void second(String element, int layoutEnd) {
    second = inRange(number(element.length(), 2, element), 0, 59, "second");
    // A fraction may follow the seconds though the layout has none.
    boolean point = at + 1 < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
    String next = layoutEnd < layout.length() ? TimeLayout.elementAt(layout, layoutEnd) : "";
    boolean wanted = next.startsWith(".") || next.startsWith(",");
    if (point && !wanted && TimeLayout.isDigit(text.charAt(at + 1))) {
      int end = at + 1;
      while (end < text.length() && TimeLayout.isDigit(text.charAt(end))) {
        end++;
      }
      fraction(end);
    }
  }

  private void rest(String element) {
    char first = element.charAt(0);
    if (first != '.' && first != ',') {
      offset = offset(element);
      return;
    }
    boolean optional = element.charAt(1) == '9';
    boolean point = at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
    if (optional && !point) {
      return;
    }
    int end = at + (optional ? 1 : element.length());
    while (optional && end < text.length() && TimeLayout.isDigit(text.charAt(end))) {
      end++;
    }
    if (!point || end > text.length() || !digits(at + 1, end)) {
      throw unreadable(element);
    }
    fraction(end);
  }

  private void fraction(int end) {
    String digits = text.substring(at + 1, Math.min(end, at + 10));
    nanos = Integer.parseInt(digits + "0".repeat(9 - digits.length()));
    at = end;
  }

  private ZoneOffset offset(String element) {
    if (element.charAt(0) == 'Z' && text.startsWith("Z", at)) {
      at++;
      return ZoneOffset.UTC;
    }
    int sign = at < text.length() ? " -+".indexOf(text.charAt(at)) : -1;
    if (sign <= 0) {
      throw unreadable(element);
    }
    int begin = at;
    int[] parts = new int[3];
    at++;
    String shape = element.substring(1);
    int part = 0;
    for (int i = 0; i < shape.length(); i += 2) {
      boolean colon = shape.charAt(i) == ':';
      boolean fits = !colon || text.startsWith(":", at);
      at += colon ? 1 : 0;
      i += colon ? 1 : 0;
      if (!fits || at + 2 > text.length() || !digits(at, at + 2)) {
        at = begin;
        throw unreadable(element);
      }
      parts[part++] = number(2, 2, element);
    }
    int seconds = (parts[0] * 60 + parts[1]) * 60 + parts[2];
    if (parts[0] > 18 || parts[1] > 59 || parts[2] > 59) {
      throw fault(": time zone offset out of range");
    }
    return ZoneOffset.ofTotalSeconds(sign == 1 ? -seconds : seconds);
  }

  private void zone(String element) {
    int end = at;
    while (end < text.length() && end < at + 4 && Character.isUpperCase(text.charAt(end))) {
      end++;
    }
    if (end - at < 3) {
      throw unreadable(element);
    }
    // Go does not know the offset of most abbreviations either, and takes none.
    at = end;
  }

  private void halfOfDay(String element) {
    if (text.length() < at + 2) {
      throw unreadable(element);
    }
    String half = text.substring(at, at + 2);
    boolean upper = element.equals("PM");
    afternoon = half.equals(upper ? "PM" : "pm");
    morning = half.equals(upper ? "AM" : "am");
    if (!afternoon && !morning) {
      throw unreadable(element);
    }
    at += 2;
  }

  private int day(String element, int least) {
    if (element.equals("_2") && text.startsWith(" ", at)) {
      at++;
    }
    int value = number(least, 2, element);
    if (value < 1 || value > 31) {
      throw fault(": day out of range");
    }
    return value;
  }

  private int dayOfYear(String element) {
    while (element.equals("__2") && text.startsWith(" ", at)) {
      at++;
    }
    int value = number(element.equals("__2") ? 1 : 3, 3, element);
    if (value < 1 || value > 366) {
      throw fault(": day-of-year out of range");
    }
    return value;
  }

  private int inRange(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw fault(": " + what + " out of range");
    }
    return value;
  }

  private static int shortYear(int value) {
    return value >= 69 ? 1900 + value : 2000 + value;
  }

  private int name(List<String> names, String element, boolean shortened) {
    for (int i = 0; i < names.size(); i++) {
      String name = shortened ? names.get(i).substring(0, 3) : names.get(i);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return i;
      }
    }
    throw unreadable(element);
  }

  private int number(int least, int most, String element) {
    int end = at;
    while (end < text.length() && end < at + most && TimeLayout.isDigit(text.charAt(end))) {
      end++;
    }
    if (end - at < least) {
      throw unreadable(element);
    }
    int value = Integer.parseInt(text.substring(at, end));
    at = end;
    return value;
  }

  private boolean digits(int from, int to) {
    return from < to
        && text.substring(from, to).chars().allMatch(c -> TimeLayout.isDigit((char) c));
  }

  private TemplateFault unreadable(String element) {
    return new TemplateFault(
        "parsing time %s as %s: cannot parse %s as %s"
            .formatted(
                GoQuote.quote(text),
                GoQuote.quote(layout),
                GoQuote.quote(text.substring(at)),
                GoQuote.quote(element)));
  }

  private TemplateFault fault(String message) {
    return new TemplateFault("parsing time " + GoQuote.quote(text) + message);
  }
}
