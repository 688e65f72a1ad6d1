package io.narthex.storage.internal.engine;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as the command line has them: {@code 512MB}, in powers of 1024, as upstream's flags. */
final class ByteSize {
  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,18})(B|[KMGTPE]i?B)", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "BKMGTPE";

  private ByteSize() {}

  /** The bytes, at most {@link Long#MAX_VALUE}. */
  static long parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a size; a number and one of B, KB, MB, GB, TB, PB, EB is, for example 512MB"
              .formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    int power = UNITS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT).charAt(0));
    long unit = 1L << (10 * power);
    return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
  }
}
