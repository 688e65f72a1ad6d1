package io.narthex.scrape.internal.plain;

/** What Go demands of the lines of a head and of the trailer. */
final class HeaderLine {
  /** How long an initial line may be to be quoted. */
  private static final int MAX_INITIAL = 80;

  private static final String NAME_MARKS = "!#$%&'*+-.^_`|~ ";

  private HeaderLine() {}

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /**
   * Checks a line whose continuation has not been read.
   *
   * @return what is wrong, or {@code ""}
   */
  static String begun(byte[] line, int from, int to) {
    if (isBlank(line[from])) {
      // Only the first line of all gets here, since another would continue the one before it.
      return to - from > MAX_INITIAL
          ? "message too large"
          : "malformed MIME header initial line: " + GoQuote.of(line, from, to);
    }
    return colon(line, from, to) == to
        ? "malformed MIME header: missing colon: " + GoQuote.of(line, from, to)
        : "";
  }

  /**
   * Checks a line that has a colon and was joined with its continuation.
   *
   * @return what is wrong, or {@code ""}
   */
  static String whole(byte[] line, int from, int to) {
    int colon = colon(line, from, to);
    boolean good = colon > from;
    for (int i = from; i < colon && good; i++) {
      good = isOfName(line[i]);
    }
    boolean named = good;
    for (int i = colon + 1; i < to && good; i++) {
      good = line[i] < 0 || line[i] >= ' ' && line[i] != 0x7f || line[i] == '\t';
    }
    if (good) {
      return "";
    }
    if (named) {
      canonicalize(line, from, colon);
    }
    return "malformed MIME header line: " + GoQuote.of(line, from, to);
  }

  /** Go has done so by the time it looks at the value, and quotes the result. */
  private static void canonicalize(byte[] line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] == ' ') {
        return;
      }
    }
    boolean upper = true;
    for (int i = from; i < to; i++) {
      char c = (char) line[i];
      line[i] = (byte) (upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
      upper = c == '-';
    }
  }

  static int colon(byte[] line, int from, int to) {
    int colon = from;
    while (colon < to && line[colon] != ':') {
      colon++;
    }
    return colon;
  }

  private static boolean isOfName(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || NAME_MARKS.indexOf(c) >= 0;
  }
}
