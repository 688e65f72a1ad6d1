package io.narthex.scrape.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text format, versions 0.0.4 and 1.0.0 (quoted UTF-8 names), sample by sample. What is
 * an error, and what is tolerated, is as in Prometheus' parser (model/textparse/promlex.l,
 * promparse.go), except that white space before a metric name does not become part of the name, and
 * comments may hold NUL bytes.
 *
 * <p>Reading allocates nothing. A caller that knows which series comes next hands over its text: if
 * it stands there, the series is not even split up. Not safe for use by several threads.
 */
public final class TextReader {
  private final FloatReader floats = new FloatReader();
  private final SeriesMarks marks = new SeriesMarks();
  private byte[] buffer = {'\n'};
  private int end = 1;
  private int at;
  private int lineStart;
  private int seriesStart;
  private int seriesEnd;
  private boolean expectedStood;
  private boolean hasTimestamp;
  private long timestamp;
  private int type = FamilyType.UNTYPED.ordinal();

  /**
   * Begins to read a text.
   *
   * @param source holds the text and has room for one more byte, which is overwritten
   */
  public void start(byte[] source, int length) {
    buffer = source;
    buffer[length] = '\n';
    end = length + 1;
    at = 0;
    type = FamilyType.UNTYPED.ordinal();
  }

  /**
   * Goes to the next sample.
   *
   * @param expected the text of the series that probably comes next, or null
   * @return false at the end
   */
  public boolean next(byte @Nullable [] expected) throws ExpositionException {
    while (at < end) {
      lineStart = at;
      skipBlanks();
      switch (buffer[at]) {
        case '\n' -> at++;
        case '#' -> readHash();
        // Prometheus takes a NUL at the beginning of a line for the end.
        case 0 -> at = end;
        default -> {
          readSample(expected);
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the sample is of the series that was expected. */
  public boolean expectedStood() {
    return expectedStood;
  }

  /** Where the text of the series begins in the buffer. */
  public int seriesStart() {
    return seriesStart;
  }

  /** Where the text of the series ends in the buffer. */
  public int seriesEnd() {
    return seriesEnd;
  }

  /** The sample's value. */
  public double value() {
    return floats.value();
  }

  /** Whether the sample has a timestamp of its own. */
  public boolean hasTimestamp() {
    return hasTimestamp;
  }

  /** The sample's timestamp in ms. */
  public long timestamp() {
    return timestamp;
  }

  /** What the last TYPE line said. */
  public FamilyType type() {
    return FamilyType.of(type);
  }

  /**
   * The labels of a series whose text was read before.
   *
   * @param text as it stood between {@link #seriesStart} and {@link #seriesEnd}
   * @param textType what the last TYPE line before it said
   */
  public RawLabels parseSeries(byte[] text, FamilyType textType) {
    byte[] line = Arrays.copyOf(text, text.length + 3);
    line[text.length] = ' ';
    line[text.length + 1] = '0';
    start(line, text.length + 2);
    type = textType.ordinal();
    try {
      next(null);
      return labels();
    } catch (ExpositionException e) {
      throw new IllegalArgumentException("the text is no series that was read before", e);
    }
  }

  /**
   * The names and values of the series' labels as they were sent; not after {@link #expectedStood}.
   */
  public RawLabels labels() throws ExpositionException {
    try {
      return marks.labels(buffer, type());
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  private void readSample(byte @Nullable [] expected) throws ExpositionException {
    seriesStart = at;
    expectedStood = expected != null && skipExpected(expected);
    if (!expectedStood) {
      marks.clear();
      if (buffer[at] == '{') {
        at++;
        readLabels();
      } else if (isNameStart(buffer[at])) {
        readNameAndLabels();
      } else {
        throw expected("expected a metric name, \"{\" or \"#\" at the start of a line");
      }
      if (!marks.hasName()) {
        throw error("expected a metric name, which must be quoted if it stands within the braces");
      }
    }
    readValue();
    readTimestamp();
  }

  /** Goes behind the text if it stands here and the series ends with it. */
  private boolean skipExpected(byte[] text) {
    int to = at + text.length;
    if (to >= end || !Arrays.equals(buffer, at, to, text, 0, text.length)) {
      return false;
    }
    int next = to;
    while (buffer[next] == ' ' || buffer[next] == '\t') {
      next++;
    }
    boolean closed = text[text.length - 1] == '}';
    if (buffer[next] == '{' || !closed && next == to) {
      return false;
    }
    seriesEnd = to;
    at = next;
    return true;
  }

  private void readNameAndLabels() throws ExpositionException {
    int from = at;
    skipName();
    marks.name(from, at);
    seriesEnd = at;
    skipBlanks();
    if (buffer[at] == '{') {
      at++;
      readLabels();
    }
  }

  private void readLabels() throws ExpositionException {
    skipBlanks();
    while (buffer[at] != '}') {
      if (buffer[at] == '"') {
        readQuotedName();
      } else if (isLabelStart(buffer[at])) {
        int from = at;
        skipLabelName();
        readLabelValue(from, at);
      } else {
        throw expected("expected a label name or \"}\"");
      }
      skipBlanks();
    }
    seriesEnd = ++at;
  }

  /** A quoted string is a label name if a value follows, and else the metric name. */
  private void readQuotedName() throws ExpositionException {
    int from = at;
    skipQuoted(false, "a quoted name");
    int to = at;
    skipBlanks();
    if (buffer[at] != ',' && buffer[at] != '}') {
      readLabelValue(from + 1, to - 1);
      return;
    }
    if (marks.hasName()) {
      throw error("the metric name is given twice");
    }
    marks.name(from + 1, to - 1);
    if (buffer[at] == ',') {
      at++;
    }
  }

  private void readLabelValue(int nameFrom, int nameTo) throws ExpositionException {
    skipBlanks();
    if (buffer[at] != '=') {
      throw expected("expected \"=\" after a label name");
    }
    at++;
    skipBlanks();
    if (buffer[at] != '"') {
      throw expected("expected a quoted label value after \"=\"");
    }
    int from = at;
    skipQuoted(true, "a label value");
    if (!Utf8.isValid(buffer, from, at)) {
      throw error("a label value is not valid UTF-8");
    }
    marks.label(nameFrom, nameTo, from + 1, at - 1);
    skipBlanks();
    // Prometheus wants no comma between labels, and allows one after the last.
    if (buffer[at] == ',') {
      at++;
    }
  }

  private void skipQuoted(boolean nulAllowed, String what) throws ExpositionException {
    int open = at++;
    while (at < end && buffer[at] != '"') {
      if (buffer[at] == 0 && !nulAllowed) {
        throw expected("expected no NUL byte in " + what);
      }
      if (buffer[at] == '\\') {
        at++;
        if (at < end && buffer[at] == '\n') {
          throw expected("expected a character after \"\\\" in " + what);
        }
      }
      at++;
    }
    if (at >= end) {
      at = open;
      throw error("the quotation mark that begins %s is never closed".formatted(what));
    }
    at++;
  }

  private void readValue() throws ExpositionException {
    skipBlanks();
    int from = at;
    while (isValueByte(buffer[at])) {
      at++;
    }
    if (at == from) {
      throw expected("expected a value after the metric");
    }
    if (!floats.read(buffer, from, at)) {
      throw error(floats.problem());
    }
  }

  private void readTimestamp() throws ExpositionException {
    skipBlanks();
    int from = at;
    timestamp = 0;
    boolean overflow = false;
    while (buffer[at] >= '0' && buffer[at] <= '9') {
      int digit = buffer[at++] - '0';
      overflow |= timestamp > (Long.MAX_VALUE - digit) / 10;
      timestamp = timestamp * 10 + digit;
    }
    hasTimestamp = at > from;
    skipBlanks();
    if (buffer[at] != '\n') {
      throw expected(
          hasTimestamp
              ? "expected the end of the line after the timestamp"
              : "expected a timestamp in ms or the end of the line");
    }
    if (overflow) {
      throw error("the timestamp is greater than %d".formatted(Long.MAX_VALUE));
    }
    at++;
  }

  /** A comment, or what it says about a metric family. */
  private void readHash() throws ExpositionException {
    at++;
    if (skipBlanks() > 0) {
      boolean help = stands("HELP");
      if (help || stands("TYPE")) {
        int word = at;
        at += 4;
        if (skipBlanks() > 0) {
          readFamily(help);
          return;
        }
        at = word;
      }
    }
    at = lineEnd() + 1;
  }

  private void readFamily(boolean help) throws ExpositionException {
    if (buffer[at] == '"') {
      skipQuoted(false, "a metric name");
    } else if (isNameStart(buffer[at])) {
      skipName();
    } else {
      throw expected("expected a metric name after " + (help ? "HELP" : "TYPE"));
    }
    int to = lineEnd();
    // One character parts the name from the text, whatever it is.
    int from = Math.min(at + 1, to);
    if (help && !Utf8.isValid(buffer, from, to)) {
      throw error("a help text is not valid UTF-8");
    }
    if (!help) {
      type = FamilyType.find(buffer, from, to);
      if (type < 0) {
        type = FamilyType.UNTYPED.ordinal();
        throw error(
            "invalid metric type %s; it must be counter, gauge, histogram, summary or untyped"
                .formatted(
                    Excerpt.quote(new String(buffer, from, to - from, StandardCharsets.UTF_8))));
      }
    }
    at = to + 1;
  }

  private boolean stands(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || buffer[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int lineEnd() {
    int i = at;
    while (buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private int skipBlanks() {
    int from = at;
    while (at < end && (buffer[at] == ' ' || buffer[at] == '\t')) {
      at++;
    }
    return at - from;
  }

  private void skipName() {
    while (isNameStart(buffer[at]) || buffer[at] >= '0' && buffer[at] <= '9') {
      at++;
    }
  }

  private void skipLabelName() {
    while (isLabelStart(buffer[at]) || buffer[at] >= '0' && buffer[at] <= '9') {
      at++;
    }
  }

  private static boolean isNameStart(byte b) {
    return isLabelStart(b) || b == ':';
  }

  private static boolean isLabelStart(byte b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_';
  }

  private static boolean isValueByte(byte b) {
    return b != ' ' && b != '\n' && b != '\t' && b != '{' && b != 0;
  }

  private ExpositionException expected(String what) {
    String got = "the end of the line";
    if (at < end && buffer[at] != '\n') {
      int to = at + 1;
      while (to < end && (buffer[to] & 0xc0) == 0x80) {
        to++;
      }
      got = Excerpt.quote(new String(buffer, at, to - at, StandardCharsets.UTF_8));
    }
    return error("%s, got %s".formatted(what, got));
  }

  private ExpositionException error(String what) {
    int line = 1;
    for (int i = 0; i < lineStart; i++) {
      line += buffer[i] == '\n' ? 1 : 0;
    }
    int to = lineStart;
    while (buffer[to] != '\n' && to - lineStart < 200) {
      to++;
    }
    String text = new String(buffer, lineStart, to - lineStart, StandardCharsets.UTF_8);
    return new ExpositionException("line %d: %s, in %s".formatted(line, what, Excerpt.quote(text)));
  }
}
