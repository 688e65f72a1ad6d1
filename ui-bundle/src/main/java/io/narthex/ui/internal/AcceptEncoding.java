package io.narthex.ui.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client says in {@code Accept-Encoding}. */
final class AcceptEncoding {
  private AcceptEncoding() {}

  /** Whether the client takes gzip. */
  static boolean gzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String entry : header.split(",", 32)) {
      String[] parts = entry.split(";", 2);
      String coding = parts[0].strip().toLowerCase(Locale.ROOT);
      boolean taken = parts.length == 1 || !isZero(parts[1]);
      if (coding.equals("gzip")) {
        return taken;
      }
      any |= coding.equals("*") && taken;
    }
    return any;
  }

  private static boolean isZero(String parameter) {
    return parameter.strip().matches("(?i)q=0(\\.0*)?");
  }
}
