package io.narthex.http.client.internal.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says in Go's words what is wrong with the head of an answer, by Go's rules: they are what
 * exporters were written against.
 */
final class HeadWords {
  private static final String BROKEN = "net/http: HTTP/1.x transport connection broken: ";
  private static final int MAX_INITIAL = 80;
  private static final Pattern VERSION = Pattern.compile("HTTP/([0-9])\\.([0-9])");
  private static final Pattern STATUS = Pattern.compile("[0-9]{3}|\\+[0-9]{2}|-00");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z -]+");
  private static final Pattern FIRST_LETTER = Pattern.compile("(^|(?<=-))[a-z]");
  private static final Pattern INTERIM = Pattern.compile("1(?!01)[0-9]{2}");

  private final String text;
  private final boolean closed;
  private int at;

  private HeadWords(String text, boolean closed) {
    this.text = text;
    this.closed = closed;
  }

  /**
   * What is wrong, or empty if that cannot be seen.
   *
   * @param head how the answer began
   * @param closed whether that is all that came
   */
  static Optional<String> of(String head, boolean closed) {
    if (head.isEmpty()) {
      return Optional.empty();
    }
    String problem = new HeadWords(head, closed).problem();
    return problem.isEmpty() ? Optional.empty() : Optional.of(BROKEN + problem);
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

  /** The next line, or null if it has not come whole. */
  private @Nullable String line() {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      String rest = text.substring(at);
      at = text.length();
      return closed && !rest.isEmpty() ? rest : null;
    }
    int to = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    String line = text.substring(at, to);
    at = end + 1;
    return line;
  }

  private boolean isContinued() {
    return at < text.length() && isBlank(text.charAt(at));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String trimmed(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && isBlank(line.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  private String problem() {
    while (true) {
      String status = line();
      if (status == null) {
        return "";
      }
      String problem = statusLine(status);
      if (!problem.isEmpty()) {
        return problem;
      }
      List<String> headers = new ArrayList<>();
      problem = headers(headers);
      if (problem == null) {
        return "";
      }
      if (problem.isEmpty()) {
        problem = body(status, headers);
      }
      boolean interim = INTERIM.matcher(code(status)).matches();
      if (!problem.isEmpty() || !interim) {
        return problem;
      }
    }
  }

  private static String code(String line) {
    String rest = line.substring(line.indexOf(' ') + 1).replaceFirst("^ +", "");
    int end = rest.indexOf(' ');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static String statusLine(String line) {
    int space = line.indexOf(' ');
    if (space < 0) {
      return "malformed HTTP response " + GoQuote.of(line);
    }
    String status = code(line);
    if (!STATUS.matcher(status).matches()) {
      return "malformed HTTP status code " + GoQuote.of(status);
    }
    String version = line.substring(0, space);
    return VERSION.matcher(version).matches()
        ? ""
        : "malformed HTTP version " + GoQuote.of(version);
  }

  /** Collects the headers; null: they have not come whole and nothing is wrong so far. */
  private @Nullable String headers(List<String> into) {
    boolean initial = isContinued();
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        return "";
      }
      if (initial) {
        return line.length() > MAX_INITIAL
            ? "message too large"
            : "malformed MIME header initial line: " + GoQuote.of(line);
      }
      if (line.indexOf(':') < 0) {
        return "malformed MIME header: missing colon: " + GoQuote.of(line);
      }
      StringBuilder whole = new StringBuilder(trimmed(line));
      while (isContinued()) {
        String more = line();
        if (more == null) {
          break;
        }
        whole.append(' ').append(trimmed(more));
      }
      String header = whole.toString();
      if (!isGood(header)) {
        return "malformed MIME header line: " + GoQuote.of(canonical(header));
      }
      into.add(header);
    }
    return null;
  }

  private static boolean isGood(String header) {
    return NAME.matcher(name(header)).matches()
        && header.chars().noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
  }

  private static String name(String header) {
    return header.substring(0, header.indexOf(':'));
  }

  /** Go has written the name so by the time it looks at the value, and quotes the result. */
  private static String canonical(String header) {
    String name = name(header);
    if (name.indexOf(' ') >= 0 || !NAME.matcher(name).matches()) {
      return header;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return FIRST_LETTER.matcher(lower).replaceAll(first -> first.group().toUpperCase(Locale.ROOT))
        + header.substring(name.length());
  }

  /** What the headers say about the body must go together. */
  private static String body(String status, List<String> headers) {
    List<String> codings = values(headers, "transfer-encoding");
    Matcher version = VERSION.matcher(status);
    boolean coded = version.lookingAt() && !version.group().matches("HTTP/(1\\.0|0\\.[1-9])");
    boolean chunked = coded && !codings.isEmpty();
    if (chunked && codings.size() > 1) {
      return "too many transfer encodings: " + quoted(codings);
    }
    if (chunked && !codings.getFirst().equalsIgnoreCase("chunked")) {
      return "unsupported transfer encoding: " + GoQuote.of(codings.getFirst());
    }
    String length = length(values(headers, "content-length"));
    return length.isEmpty() && chunked ? trailer(values(headers, "trailer")) : length;
  }

  private static List<String> values(List<String> headers, String name) {
    return headers.stream()
        .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(header -> header.substring(name.length() + 1).replaceFirst("^[ \t]+", ""))
        .toList();
  }

  private static String quoted(List<String> values) {
    return values.stream().map(GoQuote::of).collect(Collectors.joining(" ", "[", "]"));
  }

  private static String length(List<String> values) {
    if (values.isEmpty()) {
      return "";
    }
    String first = values.getFirst().strip();
    if (!values.stream().allMatch(value -> value.strip().equals(first))) {
      return "http: message cannot contain multiple Content-Length headers; got " + quoted(values);
    }
    if (first.isEmpty()) {
      return "invalid empty Content-Length \"\"";
    }
    return isLength(first) ? "" : "bad Content-Length " + GoQuote.of(first);
  }

  private static boolean isLength(String text) {
    try {
      // parseLong takes other scripts' digits and signs.
      return text.matches("[0-9]+") && Long.parseLong(text) >= 0;
    } catch (NumberFormatException tooLarge) {
      return false;
    }
  }

  private static String trailer(List<String> values) {
    for (String value : values) {
      for (String name : value.split(",")) {
        switch (name.strip().toLowerCase(Locale.ROOT)) {
          case "transfer-encoding" -> {
            return "bad trailer key \"Transfer-Encoding\"";
          }
          case "trailer" -> {
            return "bad trailer key \"Trailer\"";
          }
          case "content-length" -> {
            return "bad trailer key \"Content-Length\"";
          }
          default -> {}
        }
      }
    }
    return "";
  }
}
