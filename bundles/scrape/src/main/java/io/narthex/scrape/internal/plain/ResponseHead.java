package io.narthex.scrape.internal.plain;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the head of an answer says, as far as it matters for a scrape. As lenient and as strict as
 * Go's client, which exporters were written against. Texts that are the same from answer to answer
 * are kept, so that a usual head allocates next to nothing.
 */
final class ResponseHead {
  private static final long UNKNOWN = -1;
  private static final int VERSION_LENGTH = 8;
  private static final String CHUNKED = "chunked";

  private int status;
  private String statusText = "";
  private int major;
  private int minor;
  private boolean chunked;
  private boolean gzip;
  private boolean encodingSeen;
  private boolean closeSeen;
  private boolean keepAliveSeen;
  private String location = "";
  private boolean locationSeen;
  private final List<String> codings = new ArrayList<>(1);
  private final List<String> lengths = new ArrayList<>(1);
  private final List<String> trailers = new ArrayList<>(0);
  private long contentLength = UNKNOWN;
  private String contentType = "";
  private byte[] contentTypeBytes = {};
  private boolean typeSeen;

  void clear() {
    status = 0;
    statusText = "";
    chunked = false;
    gzip = false;
    encodingSeen = false;
    closeSeen = false;
    keepAliveSeen = false;
    location = "";
    locationSeen = false;
    codings.clear();
    lengths.clear();
    trailers.clear();
    contentLength = UNKNOWN;
    typeSeen = false;
  }

  int status() {
    return status;
  }

  /** The status as it was written, with the text behind it; {@code ""} if it is 200. */
  String statusText() {
    return statusText;
  }

  /** Whether the connection may be used again. */
  boolean keepAlive() {
    boolean asked = major > 0 && !closeSeen && (major > 1 || minor > 0 || keepAliveSeen);
    return asked && status >= 200 && (chunked || contentLength != UNKNOWN || !hasBody());
  }

  boolean isChunked() {
    return chunked;
  }

  /** The length of the body, or -1 if it is not said. */
  long contentLength() {
    return contentLength;
  }

  boolean isGzip() {
    return gzip;
  }

  /** Whether the answer says that what was asked for is elsewhere. */
  boolean isRedirect() {
    return !location.isEmpty()
        && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
  }

  /** Whether it is plain to see that the place of a redirect can be understood. */
  boolean isLocationClear() {
    try {
      URI to = new URI(location);
      return to.getRawAuthority() == null || to.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The Content-Type, or {@code ""}. */
  String contentType() {
    return typeSeen ? contentType : "";
  }

  boolean hasBody() {
    return status / 100 != 1 && status != 204 && status != 304;
  }

  /** Reads the first line: the version, blanks, three digits, and a blank or the end. */
  void statusLine(byte[] line, int length) throws BadResponseException {
    int space = blank(line, 0, length);
    if (space == length) {
      throw malformed("response", line, 0, length);
    }
    int from = space;
    while (from < length && line[from] == ' ') {
      from++;
    }
    int to = blank(line, from, length);
    status = to - from == 3 ? number(line, from, to) : -1;
    if (status < 0) {
      throw malformed("status code", line, from, to);
    }
    if (space != VERSION_LENGTH
        || !startsWith(line, "HTTP/")
        || !isDigit(line[5])
        || line[6] != '.'
        || !isDigit(line[7])) {
      throw malformed("version", line, 0, space);
    }
    major = line[5] - '0';
    minor = line[7] - '0';
    statusText = status == 200 ? "" : new String(line, from, length - from, StandardCharsets.UTF_8);
  }

  private static int blank(byte[] line, int from, int length) {
    int at = from;
    while (at < length && line[at] != ' ') {
      at++;
    }
    return at;
  }

  /** As Go, which takes a sign, but no number below 0; -1: it is none. */
  private static int number(byte[] line, int from, int to) {
    boolean negative = line[from] == '-';
    int number = 0;
    for (int i = negative || line[from] == '+' ? from + 1 : from; i < to; i++) {
      if (!isDigit(line[i])) {
        return -1;
      }
      number = number * 10 + line[i] - '0';
    }
    return negative && number > 0 ? -1 : number;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static BadResponseException malformed(String what, byte[] line, int from, int to) {
    return BadResponseException.inHead(
        "malformed HTTP %s %s".formatted(what, GoQuote.of(line, from, to)));
  }

  /** Reads a header, which has a colon. */
  void header(byte[] line, int length) throws BadResponseException {
    String problem = HeaderLine.whole(line, 0, length);
    if (!problem.isEmpty()) {
      throw BadResponseException.inHead(problem);
    }
    int colon = HeaderLine.colon(line, 0, length);
    int from = colon + 1;
    while (from < length && HeaderLine.isBlank(line[from])) {
      from++;
    }
    switch (colon) {
      case 7 -> {
        if (is(line, "trailer", colon)) {
          trailers.add(text(line, from, length));
        }
      }
      case 8 -> {
        if (is(line, "location", colon) && !locationSeen) {
          locationSeen = true;
          location = text(line, from, length);
        }
      }
      case 10 -> {
        if (is(line, "connection", colon)) {
          connection(text(line, from, length));
        }
      }
      case 12 -> {
        if (is(line, "content-type", colon) && !typeSeen) {
          contentType(line, from, length);
        }
      }
      case 14 -> {
        if (is(line, "content-length", colon)) {
          lengths.add(text(line, from, length));
        }
      }
      case 16 -> {
        if (is(line, "content-encoding", colon) && !encodingSeen) {
          encodingSeen = true;
          gzip = text(line, from, length).equals("gzip");
        }
      }
      case 17 -> {
        if (is(line, "transfer-encoding", colon)) {
          codings.add(text(line, from, length));
        }
      }
      default -> {}
    }
  }

  /** The head is whole: what it says about the body must go together. */
  void end() throws BadResponseException {
    // As Go, which takes 0.0 for a version that is not known.
    boolean coded = major > 1 || major == 1 && minor > 0 || major == 0 && minor == 0;
    if (coded && !codings.isEmpty()) {
      if (codings.size() > 1) {
        throw BadResponseException.inHead("too many transfer encodings: " + quoted(codings));
      }
      if (!codings.getFirst().equalsIgnoreCase(CHUNKED)) {
        throw BadResponseException.inHead(
            "unsupported transfer encoding: " + GoQuote.of(codings.getFirst()));
      }
      chunked = true;
    }
    if (!lengths.isEmpty()) {
      contentLength = length();
    }
    if (chunked && !trailers.isEmpty()) {
      checkTrailers();
    }
  }

  private long length() throws BadResponseException {
    String first = lengths.getFirst().strip();
    for (String other : lengths) {
      if (!other.strip().equals(first)) {
        throw BadResponseException.inHead(
            "http: message cannot contain multiple Content-Length headers; got " + quoted(lengths));
      }
    }
    if (first.isEmpty()) {
      throw BadResponseException.inHead("invalid empty Content-Length \"\"");
    }
    long number = 0;
    for (int i = 0; i < first.length(); i++) {
      int digit = first.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        throw BadResponseException.inHead("bad Content-Length " + GoQuote.of(first));
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private void checkTrailers() throws BadResponseException {
    for (String name : String.join(",", trailers).split(",")) {
      String bad =
          switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "transfer-encoding" -> "Transfer-Encoding";
            case "trailer" -> "Trailer";
            case "content-length" -> "Content-Length";
            default -> "";
          };
      if (!bad.isEmpty()) {
        throw BadResponseException.inHead("bad trailer key \"%s\"".formatted(bad));
      }
    }
  }

  private static String quoted(List<String> texts) {
    return texts.stream().map(GoQuote::of).collect(Collectors.joining(" ", "[", "]"));
  }

  private void connection(String value) {
    for (String token : value.indexOf(',') < 0 ? List.of(value) : List.of(value.split(","))) {
      String bare = token.strip();
      closeSeen |= bare.equalsIgnoreCase("close");
      keepAliveSeen |= bare.equalsIgnoreCase("keep-alive");
    }
  }

  private void contentType(byte[] line, int from, int to) {
    typeSeen = true;
    if (!Arrays.equals(line, from, to, contentTypeBytes, 0, contentTypeBytes.length)) {
      contentTypeBytes = Arrays.copyOfRange(line, from, to);
      contentType = new String(line, from, to - from, StandardCharsets.UTF_8);
    }
  }

  private static String text(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean is(byte[] line, String name, int length) {
    for (int i = 0; i < length; i++) {
      int c = line[i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] line, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (line[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
