package io.narthex.scrape.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the text format, versions 0.0.4 and 1.0.0 (quoted UTF-8 names). What is an error, and what
 * is tolerated, is as in Prometheus' parser (model/textparse/promlex.l, promparse.go), even that
 * blanks at the start of a line become part of the metric name; except that comments may hold NUL
 * bytes.
 */
public final class TextReader extends ExpositionReader {
  private static final FamilyType[] TYPES = {
    FamilyType.COUNTER, FamilyType.GAUGE, FamilyType.HISTOGRAM, FamilyType.SUMMARY
  };

  private static final byte[] UNTYPED = "untyped".getBytes(StandardCharsets.ISO_8859_1);

  /** A reader that forgets what is said about metric families. */
  public TextReader() {
    this(MetadataSink.NONE);
  }

  /** A reader. */
  public TextReader(MetadataSink sink) {
    super(sink);
  }

  @Override
  ExpositionReader another() {
    return new TextReader();
  }

  @Override
  boolean readLine(long hash, int length) throws ExpositionException {
    skipBlanks();
    switch (buffer[at]) {
      case '\n' -> at++;
      case '#' -> readHash();
      // Prometheus takes a NUL at the beginning of a line for the end.
      case 0 -> at = end;
      default -> {
        readSample(hash, length);
        return true;
      }
    }
    return false;
  }

  @Override
  void readEnd() {}

  /** Where the line begins, the metric name begins: blanks before it become part of it. */
  private void readSample(long hash, int length) throws ExpositionException {
    seriesStart = lineStart;
    hasExemplar = false;
    expectedStood = length > 0 && skipExpected(hash, length);
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
    readValueAndRest();
  }

  /** Goes behind the expected text if it stands here and the series ends with it. */
  private boolean skipExpected(long hash, int length) {
    int to = lineStart + length;
    if (to >= end) {
      return false;
    }
    int next = to;
    while (buffer[next] == ' ' || buffer[next] == '\t') {
      next++;
    }
    boolean closed = buffer[to - 1] == '}';
    if (buffer[next] == '{'
        || !closed && next == to
        || LineHash.of(buffer, lineStart, to) != hash) {
      return false;
    }
    seriesEnd = to;
    at = next;
    return true;
  }

  private void readNameAndLabels() throws ExpositionException {
    skipName();
    marks.name(lineStart, at);
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
    skipQuoted(false, true, "a quoted name");
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
    skipQuoted(true, true, "a label value");
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

  @Override
  void readValueAndRest() throws ExpositionException {
    if (readOrdinaryRest()) {
      return;
    }
    readValue();
    readTimestamp();
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

  @Override
  void readHash() throws ExpositionException {
    family.start = lineStart;
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
    readFamilyName(help ? "HELP" : "TYPE");
    if (buffer[at] == 0) {
      throw expected("expected text in " + (help ? "HELP" : "TYPE"));
    }
    int to = lineEnd();
    // One character parts the name from the text, whatever it is; blanks alone are no text.
    int from = Math.min(at + 1, to);
    skipBlanks();
    family.textFrom = at == to ? to : from;
    family.textTo = to;
    family.end = to + 1;
    if (help) {
      if (!Utf8.isValid(buffer, family.textFrom, to)) {
        throw error("a help text is not valid UTF-8");
      }
      sink.help(buffer, family, false);
    } else {
      type = readType(family.textFrom, to);
      sink.type(buffer, family, type);
    }
    at = to + 1;
  }

  private FamilyType readType(int from, int to) throws ExpositionException {
    for (FamilyType candidate : TYPES) {
      if (candidate.isNamed(buffer, from, to)) {
        return candidate;
      }
    }
    if (to - from == UNTYPED.length && Arrays.equals(buffer, from, to, UNTYPED, 0, to - from)) {
      return FamilyType.UNKNOWN;
    }
    throw error(
        "invalid metric type %s; it must be counter, gauge, histogram, summary or untyped"
            .formatted(quote(from, to)));
  }

  private int skipBlanks() {
    int from = at;
    while (at < end && (buffer[at] == ' ' || buffer[at] == '\t')) {
      at++;
    }
    return at - from;
  }

  private static boolean isValueByte(byte b) {
    return b != ' ' && b != '\n' && b != '\t' && b != '{' && b != 0;
  }
}
