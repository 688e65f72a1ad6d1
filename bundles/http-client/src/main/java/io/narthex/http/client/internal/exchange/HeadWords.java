package io.narthex.http.client.internal.exchange;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in Go's words what is wrong with the head of an answer. */
final class HeadWords {
  private static final String BROKEN = "net/http: HTTP/1.x transport connection broken: ";
  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
  private static final Pattern STATUS = Pattern.compile("[0-9]{3}");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z -]+");

  private HeadWords() {}

  /**
   * What is wrong, or empty if that cannot be seen.
   *
   * @param head how the answer began
   */
  static Optional<String> of(String head) {
    if (head.isEmpty()) {
      return Optional.empty();
    }
    String[] lines = head.split("\r?\n", -1);
    String status = statusLine(lines[0]);
    if (!status.isEmpty()) {
      return Optional.of(BROKEN + status);
    }
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      String header = header(lines[i]);
      if (!header.isEmpty()) {
        return Optional.of(BROKEN + header);
      }
    }
    return lengths(lines).map(BROKEN::concat);
  }

  /** The connection broke within the head. */
  static String cut() {
    return BROKEN + "unexpected EOF";
  }

  /** There is more of it than is taken. */
  static String tooLarge(int limit) {
    return BROKEN + "net/http: server response headers exceeded %d bytes; aborted".formatted(limit);
  }

  /** No such status. */
  static String badStatus(String status) {
    return BROKEN + "malformed HTTP status code " + GoQuote.of(status);
  }

  /** The body comes in a way that nobody understands. */
  static String unknownCoding(String coding) {
    return BROKEN + "unsupported transfer encoding: " + GoQuote.of(coding);
  }

  private static String statusLine(String line) {
    int space = line.indexOf(' ');
    if (space < 0) {
      return "malformed HTTP response " + GoQuote.of(line);
    }
    String rest = line.substring(space + 1).replaceFirst("^ +", "");
    int end = rest.indexOf(' ');
    String status = end < 0 ? rest : rest.substring(0, end);
    if (!STATUS.matcher(status).matches()) {
      return "malformed HTTP status code " + GoQuote.of(status);
    }
    String version = line.substring(0, space);
    return VERSION.matcher(version).matches()
        ? ""
        : "malformed HTTP version " + GoQuote.of(version);
  }

  private static String header(String line) {
    if (line.startsWith(" ") || line.startsWith("\t")) {
      return "";
    }
    int colon = line.indexOf(':');
    if (colon < 0) {
      return "malformed MIME header: missing colon: " + GoQuote.of(line);
    }
    boolean bad = !NAME.matcher(line.substring(0, colon)).matches();
    boolean control = line.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
    return bad || control ? "malformed MIME header line: " + GoQuote.of(line) : "";
  }

  private static Optional<String> lengths(String[] lines) {
    @Nullable String first = null;
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      String line = lines[i];
      if (!line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        continue;
      }
      String value = line.substring(15).strip();
      if (first != null && !first.equals(value)) {
        return Optional.of(
            "http: message cannot contain multiple Content-Length headers; got [%s %s]"
                .formatted(GoQuote.of(first), GoQuote.of(value)));
      }
      first = value;
      if (!value.matches("[0-9]{1,18}")) {
        return Optional.of("bad Content-Length " + GoQuote.of(value));
      }
    }
    return Optional.empty();
  }
}
