package io.narthex.templates.internal.value;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Times by Go's layouts, which show how the reference time, 01/02 03:04:05PM '06 -0700, looks. */
public final class TimeLayout {
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  static final List<String> DAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

  /** Longest first, since some begin with others. */
  private static final List<String> ELEMENTS =
      List.of(
              "January",
              "Jan",
              "1",
              "01",
              "Monday",
              "Mon",
              "2",
              "_2",
              "02",
              "__2",
              "002",
              "15",
              "3",
              "03",
              "4",
              "04",
              "5",
              "05",
              "2006",
              "06",
              "PM",
              "pm",
              "MST",
              "Z0700",
              "Z070000",
              "Z07",
              "Z07:00",
              "Z07:00:00",
              "-0700",
              "-070000",
              "-07",
              "-07:00",
              "-07:00:00")
          .stream()
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();

  private TimeLayout() {}

  /** The name of a month, from 1. */
  public static String month(int month) {
    return MONTHS.get(month - 1);
  }

  /** The name of a day of the week, from Sunday as 0. */
  public static String day(int day) {
    return DAYS.get(day);
  }

  /** The day of the week, from Sunday as 0. */
  public static int dayOf(ZonedDateTime time) {
    return time.getDayOfWeek().getValue() % 7;
  }

  /** Writes a time. */
  public static String format(ZonedDateTime time, String layout) {
    StringBuilder out = new StringBuilder(layout.length() + 10);
    for (int at = 0; at < layout.length(); ) {
      String element = elementAt(layout, at);
      if (element.isEmpty()) {
        out.append(layout.charAt(at));
        at++;
      } else {
        append(out, time, element);
        at += element.length();
      }
    }
    return out.toString();
  }

  /** The element of the layout that begins there, or nothing if it is a plain character. */
  static String elementAt(String layout, int at) {
    int fraction = fractionLength(layout, at);
    if (fraction > 0) {
      return layout.substring(at, at + fraction);
    }
    for (String element : ELEMENTS) {
      if (layout.startsWith(element, at) && !continued(layout, at, element)) {
        return element;
      }
    }
    return "";
  }

  /** Words that only begin like an element, such as "Month", are plain. */
  private static boolean continued(String layout, int at, String element) {
    int end = at + element.length();
    boolean name = element.equals("Jan") || element.equals("Mon");
    return name && end < layout.length() && Character.isLowerCase(layout.charAt(end))
        || element.equals("_2") && layout.startsWith("_2006", at);
  }

  /** A point or comma and zeros or nines, if no digit follows. */
  private static int fractionLength(String layout, int at) {
    char first = layout.charAt(at);
    if (first != '.' && first != ',' || at + 1 >= layout.length()) {
      return 0;
    }
    char digit = layout.charAt(at + 1);
    if (digit != '0' && digit != '9') {
      return 0;
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean digitFollows = end < layout.length() && isDigit(layout.charAt(end));
    return digitFollows ? 0 : end - at;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void append(StringBuilder out, ZonedDateTime time, String element) {
    switch (element) {
      case "January" -> out.append(month(time.getMonthValue()));
      case "Jan" -> out.append(month(time.getMonthValue()), 0, 3);
      case "1" -> out.append(time.getMonthValue());
      case "01" -> padded(out, time.getMonthValue(), 2, '0');
      case "Monday" -> out.append(day(dayOf(time)));
      case "Mon" -> out.append(day(dayOf(time)), 0, 3);
      case "2" -> out.append(time.getDayOfMonth());
      case "_2" -> padded(out, time.getDayOfMonth(), 2, ' ');
      case "02" -> padded(out, time.getDayOfMonth(), 2, '0');
      case "__2" -> padded(out, time.getDayOfYear(), 3, ' ');
      case "002" -> padded(out, time.getDayOfYear(), 3, '0');
      case "15" -> padded(out, time.getHour(), 2, '0');
      case "3" -> out.append(twelve(time.getHour()));
      case "03" -> padded(out, twelve(time.getHour()), 2, '0');
      case "4" -> out.append(time.getMinute());
      case "04" -> padded(out, time.getMinute(), 2, '0');
      case "5" -> out.append(time.getSecond());
      case "05" -> padded(out, time.getSecond(), 2, '0');
      case "2006" -> padded(out, time.getYear(), 4, '0');
      case "06" -> padded(out, Math.floorMod(time.getYear(), 100), 2, '0');
      case "PM" -> out.append(time.getHour() >= 12 ? "PM" : "AM");
      case "pm" -> out.append(time.getHour() >= 12 ? "pm" : "am");
      case "MST" -> out.append(zone(time));
      default -> rest(out, time, element);
    }
  }

  private static void rest(StringBuilder out, ZonedDateTime time, String element) {
    char first = element.charAt(0);
    if (first == '.' || first == ',') {
      fraction(out, time.getNano(), element);
    } else {
      offset(out, time.getOffset().getTotalSeconds(), element);
    }
  }

  private static void fraction(StringBuilder out, int nanos, String element) {
    int digits = element.length() - 1;
    StringBuilder all = new StringBuilder();
    padded(all, nanos, 9, '0');
    all.append("0".repeat(Math.max(digits - 9, 0))).setLength(digits);
    if (element.charAt(1) == '9') {
      int end = all.length();
      while (end > 0 && all.charAt(end - 1) == '0') {
        end--;
      }
      all.setLength(end);
    }
    if (!all.isEmpty()) {
      out.append(element.charAt(0)).append(all);
    }
  }

  private static void offset(StringBuilder out, int seconds, String element) {
    if (element.charAt(0) == 'Z' && seconds == 0) {
      out.append('Z');
      return;
    }
    boolean colons = element.indexOf(':') > 0;
    int digits = (int) element.chars().filter(c -> isDigit((char) c)).count();
    int size = Math.abs(seconds);
    out.append(seconds < 0 ? '-' : '+');
    padded(out, size / 3600, 2, '0');
    if (digits >= 4) {
      padded(out.append(colons ? ":" : ""), size / 60 % 60, 2, '0');
    }
    if (digits >= 6) {
      padded(out.append(colons ? ":" : ""), size % 60, 2, '0');
    }
  }

  private static String zone(ZonedDateTime time) {
    int seconds = time.getOffset().getTotalSeconds();
    if (time.getZone() instanceof ZoneOffset) {
      return seconds == 0 ? "UTC" : numbered(seconds);
    }
    boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
    String name =
        java.util.TimeZone.getTimeZone(time.getZone())
            .getDisplayName(summer, java.util.TimeZone.SHORT, Locale.ENGLISH);
    // Go knows only the names of the time zone database; Java makes some up.
    return name.startsWith("GMT") && name.length() > 3 ? numbered(seconds) : name;
  }

  private static String numbered(int seconds) {
    StringBuilder out = new StringBuilder();
    offset(out, seconds, seconds % 3600 == 0 ? "-07" : "-0700");
    return out.toString();
  }

  private static int twelve(int hour) {
    return hour % 12 == 0 ? 12 : hour % 12;
  }

  private static void padded(StringBuilder out, int number, int width, char with) {
    String text = Integer.toString(Math.abs(number));
    out.append(number < 0 ? "-" : "").repeat(with, Math.max(width - text.length(), 0)).append(text);
  }
}
