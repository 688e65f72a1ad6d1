package io.narthex.api.section;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as configuration files and flags spell them: numbers with the units {@code B KB MB GB TB PB
 * EB}, also written {@code KiB MiB …}, all of them powers of 2, or {@code 0}; several in a row are
 * added.
 */
public final class SizeSyntax {
  private static final List<String> PREFIXES = List.of("", "K", "M", "G", "T", "P", "E");
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,18})?(\\.[0-9]{0,18})?([^0-9.]*)", Pattern.DOTALL);
  private static final Map<String, Double> BINARY = units("iB");
  private static final Map<String, Double> PLAIN = units("B");

  private SizeSyntax() {}

  private static Map<String, Double> units(String suffix) {
    Map<String, Double> units = new HashMap<>();
    for (int i = 0; i < PREFIXES.size(); i++) {
      units.put(i == 0 ? "B" : PREFIXES.get(i) + suffix, Math.pow(1024, i));
    }
    return units;
  }

  /**
   * Parses a size; the sign is the caller's business.
   *
   * @return bytes; empty if the text is not a size
   */
  public static Optional<Long> parse(String text) {
    return parse(text, BINARY).or(() -> parse(text, PLAIN));
  }

  private static Optional<Long> parse(String text, Map<String, Double> units) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Optional.of(0L);
    }
    double sum = 0;
    Matcher part = PART.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      part.region(at, rest.length());
      if (!part.lookingAt() || part.end() == at || !hasDigit(part)) {
        return Optional.empty();
      }
      Double unit = units.get(part.group(3));
      if (unit == null) {
        return Optional.empty();
      }
      sum += Double.parseDouble(part.group().substring(0, part.start(3) - at)) * unit;
      at = part.end();
    }
    return rest.isEmpty() || sum >= 0x1p63
        ? Optional.empty()
        : Optional.of(negative ? -(long) sum : (long) sum);
  }

  private static boolean hasDigit(Matcher part) {
    String fraction = part.group(2);
    return part.group(1) != null || fraction != null && fraction.length() > 1;
  }

  /** Prints bytes in the largest units, {@code 1MiB512KiB} for example. */
  public static String format(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    StringBuilder out = new StringBuilder();
    long rest = bytes;
    for (int i = 0; rest != 0; i++) {
      if (rest % 1024 != 0) {
        out.insert(0, rest % 1024 + PREFIXES.get(i) + (i == 0 ? "B" : "iB"));
      }
      rest /= 1024;
    }
    return out.toString();
  }
}
