package io.narthex.notifier.email.internal.smtp;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered.
 *
 * @param code three digits; less than 0: nothing
 * @param text without the code, its lines without their ends
 */
record Reply(int code, String text) {
  private static final Pattern CODE = Pattern.compile("^[0-9]{3}[ -]?");

  /** From the lines as they came. */
  static Reply of(int code, @Nullable String lines) {
    return new Reply(
        code,
        lines == null
            ? ""
            : lines
                .lines()
                .map(line -> CODE.matcher(line).replaceFirst(""))
                .collect(Collectors.joining("\n")));
  }

  /** As Go words it. */
  String words() {
    return code < 0 ? "EOF" : "%03d %s".formatted(code, text);
  }
}
