package io.narthex.templates.internal.function;

import io.narthex.templates.internal.value.GoFormat;
import java.util.List;

/** Numbers for people, with four digits and the prefix of a unit. */
final class Humanized {
  private static final List<String> LARGE = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
  private static final List<String> SMALL = List.of("m", "u", "n", "p", "f", "a", "z", "y");
  private static final List<String> BINARY =
      List.of("ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi");
  private static final double THOUSAND = 1000;
  private static final double KIBI = 1024;

  private Humanized() {}

  /** With prefixes of a thousand, up and down. */
  static String decimal(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return digits(value);
    }
    return Math.abs(value) >= 1 ? scaledDown(value, THOUSAND, LARGE) : scaledUp(value, "");
  }

  /** With prefixes of 1024, only up. */
  static String binary(double value) {
    if (Math.abs(value) <= 1 || Double.isNaN(value) || Double.isInfinite(value)) {
      return digits(value);
    }
    return scaledDown(value, KIBI, BINARY);
  }

  /** A part of one as a part of a hundred. */
  static String percentage(double value) {
    return digits(value * 100) + "%";
  }

  /** Seconds as days, hours, minutes and seconds, or parts of a second. */
  static String duration(double seconds) {
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      return digits(seconds);
    }
    if (seconds == 0) {
      return digits(seconds) + "s";
    }
    return Math.abs(seconds) >= 1 ? whole(seconds) : scaledUp(seconds, "s");
  }

  private static String whole(double seconds) {
    String sign = seconds < 0 ? "-" : "";
    double size = Math.abs(seconds);
    long all = (long) size;
    long days = all / 86_400;
    long hours = all / 3_600 % 24;
    long minutes = all / 60 % 60;
    if (days != 0) {
      return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, all % 60);
    }
    if (hours != 0) {
      return "%s%dh %dm %ds".formatted(sign, hours, minutes, all % 60);
    }
    if (minutes != 0) {
      return "%s%dm %ds".formatted(sign, minutes, all % 60);
    }
    return sign + digits(size) + "s";
  }

  private static String scaledDown(double value, double by, List<String> prefixes) {
    String prefix = "";
    double scaled = value;
    for (String next : prefixes) {
      if (Math.abs(scaled) < by) {
        break;
      }
      prefix = next;
      scaled /= by;
    }
    return digits(scaled) + prefix;
  }

  private static String scaledUp(double value, String unit) {
    String prefix = "";
    double scaled = value;
    for (String next : SMALL) {
      if (Math.abs(scaled) >= 1) {
        break;
      }
      prefix = next;
      scaled *= THOUSAND;
    }
    return digits(scaled) + prefix + unit;
  }

  static String digits(double value) {
    return GoFormat.sprintf("%.4g", value);
  }
}
