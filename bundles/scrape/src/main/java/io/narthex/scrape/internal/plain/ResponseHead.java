package io.narthex.scrape.internal.plain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the head of an answer says, as far as it matters for a scrape. Texts that are the same from
 * answer to answer are kept, so that a usual head allocates nothing.
 */
final class ResponseHead {
  private static final long UNKNOWN = -1;
  private static final int MAX_LENGTH_DIGITS = 18;

  private int status;
  private String reason = "";
  private boolean keepAlive;
  private boolean chunked;
  private boolean gzip;
  private boolean location;
  private long contentLength = UNKNOWN;
  private String contentType = "";
  private byte[] contentTypeBytes = {};
  private boolean typeSeen;

  void clear() {
    status = 0;
    reason = "";
    keepAlive = false;
    chunked = false;
    gzip = false;
    location = false;
    contentLength = UNKNOWN;
    typeSeen = false;
  }

  int status() {
    return status;
  }

  /** The text behind the status. */
  String reason() {
    return reason;
  }

  /** Whether the connection may be used again. */
  boolean keepAlive() {
    return keepAlive && (chunked || contentLength != UNKNOWN || !hasBody());
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
    return location
        && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
  }

  /** The Content-Type, or {@code ""}. */
  String contentType() {
    return typeSeen ? contentType : "";
  }

  boolean hasBody() {
    return status != 204 && status != 304;
  }

  /** Reads the first line. */
  void statusLine(byte[] line, int length) throws BadResponseException {
    // As Go: HTTP/1.x, a space, three digits, then a space or the end.
    if (length < 12
        || !startsWith(line, length, "HTTP/1.")
        || line[8] != ' '
        || line[7] < '0'
        || line[7] > '1') {
      throw malformed("response", line, length);
    }
    int code = 0;
    for (int i = 9; i < 12; i++) {
      if (line[i] < '0' || line[i] > '9') {
        throw malformed("status code", line, length);
      }
      code = code * 10 + line[i] - '0';
    }
    if (length > 12 && line[12] != ' ') {
      throw malformed("status code", line, length);
    }
    status = code;
    keepAlive = line[7] == '1';
    reason =
        code == 200 || length <= 13
            ? ""
            : new String(line, 13, length - 13, StandardCharsets.UTF_8).strip();
  }

  private static BadResponseException malformed(String what, byte[] line, int length) {
    String text = new String(line, 0, Math.min(length, 100), StandardCharsets.UTF_8);
    return BadResponseException.inHead("malformed HTTP %s \"%s\"".formatted(what, text));
  }

  /** Reads another line of the head. */
  void header(byte[] line, int length) throws BadResponseException {
    int colon = 0;
    while (colon < length && line[colon] != ':') {
      colon++;
    }
    if (colon == length || colon == 0) {
      String text = new String(line, 0, Math.min(length, 100), StandardCharsets.UTF_8);
      throw BadResponseException.inHead("malformed MIME header line: " + text);
    }
    int from = colon + 1;
    while (from < length && isBlank(line[from])) {
      from++;
    }
    int to = length;
    while (to > from && isBlank(line[to - 1])) {
      to--;
    }
    switch (colon) {
      case 8 -> {
        if (is(line, "location", colon)) {
          location = to > from;
        }
      }
      case 10 -> {
        if (is(line, "connection", colon)) {
          connection(text(line, from, to));
        }
      }
      case 12 -> {
        if (is(line, "content-type", colon) && !typeSeen) {
          contentType(line, from, to);
        }
      }
      case 14 -> {
        if (is(line, "content-length", colon)) {
          contentLength(text(line, from, to));
        }
      }
      case 16 -> {
        if (is(line, "content-encoding", colon)) {
          gzip = text(line, from, to).equals("gzip");
        }
      }
      case 17 -> {
        if (is(line, "transfer-encoding", colon)) {
          transferEncoding(text(line, from, to));
        }
      }
      default -> {}
    }
  }

  private void connection(String value) {
    if (value.equalsIgnoreCase("close")) {
      keepAlive = false;
    } else if (value.equalsIgnoreCase("keep-alive")) {
      keepAlive = true;
    }
  }

  private void contentType(byte[] line, int from, int to) {
    typeSeen = true;
    if (!Arrays.equals(line, from, to, contentTypeBytes, 0, contentTypeBytes.length)) {
      contentTypeBytes = Arrays.copyOfRange(line, from, to);
      contentType = text(line, from, to);
    }
  }

  private void contentLength(String value) throws BadResponseException {
    long length = digits(value);
    if (length == UNKNOWN) {
      throw BadResponseException.inHead("bad Content-Length \"%s\"".formatted(value));
    }
    if (contentLength != UNKNOWN && contentLength != length) {
      throw BadResponseException.inHead(
          "http: message cannot contain multiple Content-Length headers; got [\"%d\" \"%d\"]"
              .formatted(contentLength, length));
    }
    contentLength = length;
  }

  private static long digits(String text) {
    long number = text.isEmpty() || text.length() > MAX_LENGTH_DIGITS ? UNKNOWN : 0;
    for (int i = 0; i < text.length() && number != UNKNOWN; i++) {
      int digit = text.charAt(i) - '0';
      number = digit < 0 || digit > 9 ? UNKNOWN : number * 10 + digit;
    }
    return number;
  }

  private void transferEncoding(String value) throws BadResponseException {
    if (chunked || !value.equalsIgnoreCase("chunked")) {
      throw BadResponseException.inHead("unsupported transfer encoding: \"%s\"".formatted(value));
    }
    chunked = true;
  }

  private static String text(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8);
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

  private static boolean startsWith(byte[] line, int length, String text) {
    if (length < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (line[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
