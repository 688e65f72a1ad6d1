package io.narthex.scrape.internal.text;

import io.narthex.api.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an exposition sample by sample; each format has its own reader. Reading allocates nothing.
 * A caller that knows which series comes next hands over the hash of its text: if it stands there,
 * the series is not even split up. Not safe for use by several threads.
 *
 * <p>What is said about metric families goes to a {@link MetadataSink} as it is read.
 */
public abstract class ExpositionReader {
  /** The length that says that no series is expected. */
  public static final int NOTHING = -1;

  private static final int LONGEST_LINE_SHOWN = 200;

  final FloatReader floats = new FloatReader();
  final SeriesMarks marks = new SeriesMarks();
  final MetadataLine family = new MetadataLine();
  final MetadataSink sink;
  byte[] buffer = {'\n'};

  /** Where the text ends; behind it stands a line feed that is not part of it. */
  int end;

  int at;
  int lineStart;
  int seriesStart;
  int seriesEnd;
  boolean expectedStood;
  boolean hasTimestamp;
  long timestamp;
  boolean hasExemplar;
  FamilyType type = FamilyType.UNKNOWN;
  private @Nullable ExpositionReader seriesReader;

  ExpositionReader(MetadataSink sink) {
    this.sink = sink;
  }

  /**
   * Begins to read a text.
   *
   * @param source holds the text and has room for one more byte, which is overwritten
   */
  public final void start(byte[] source, int length) {
    buffer = source;
    buffer[length] = '\n';
    end = length;
    at = 0;
    lineStart = 0;
    type = FamilyType.UNKNOWN;
    restart();
  }

  /** Goes to the next sample, without a guess which it is; false at the end. */
  public final boolean next() throws ExpositionException {
    return next(0, NOTHING);
  }

  /**
   * Goes to the next sample.
   *
   * @param hash of the text of the series that probably comes next, by {@link LineHash}
   * @param length of that text, or {@link #NOTHING}
   * @return false at the end
   */
  public final boolean next(long hash, int length) throws ExpositionException {
    while (at < end) {
      if (buffer[at] == '#') {
        lineStart = at;
        if (!skipRepeated()) {
          readHash();
        }
      } else if (length > 0 && stands(hash, length)) {
        return true;
      } else {
        lineStart = at;
        if (readLine(hash, length)) {
          return true;
        }
      }
    }
    readEnd();
    return false;
  }

  /** Whether the sample is of the series that was expected. */
  public final boolean expectedStood() {
    return expectedStood;
  }

  /** Where the text of the series begins in the buffer. */
  public final int seriesStart() {
    return seriesStart;
  }

  /** Where the text of the series ends in the buffer. */
  public final int seriesEnd() {
    return seriesEnd;
  }

  /** The sample's value. */
  public final double value() {
    return floats.value();
  }

  /**
   * The digits of the sample's value as a whole number: the value is the double nearest to {@code
   * mantissa * 10^-decimals}. Its magnitude is below 2^53. Only if {@link #decimals} is not -1.
   */
  public final long mantissa() {
    return floats.mantissa();
  }

  /**
   * How many of the value's digits stand behind the point, 0 to 22; -1 if the value is not so
   * written: infinite, no number, too long, too large or small, or the negative zero.
   */
  public final int decimals() {
    return floats.decimals();
  }

  /** Whether the sample has a timestamp of its own. */
  public final boolean hasTimestamp() {
    return hasTimestamp;
  }

  /** The sample's timestamp in ms; 0 if it has none. */
  public final long timestamp() {
    return timestamp;
  }

  /** What the last TYPE line said. */
  public final FamilyType type() {
    return type;
  }

  /**
   * The names and values of the series' labels as they were sent; not after {@link #expectedStood}.
   */
  public final RawLabels labels() throws ExpositionException {
    try {
      return marks.labels(buffer, type());
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The labels of a series whose text was read before. What is being read is not disturbed.
   *
   * @param text as it stood between {@link #seriesStart} and {@link #seriesEnd}
   * @param textType what the last TYPE line before it said
   */
  public final RawLabels parseSeries(byte[] text, FamilyType textType) {
    ExpositionReader reader = seriesReader;
    if (reader == null) {
      reader = another();
      seriesReader = reader;
    }
    byte[] line = Arrays.copyOf(text, text.length + 4);
    line[text.length] = ' ';
    line[text.length + 1] = '0';
    line[text.length + 2] = '\n';
    reader.start(line, text.length + 3);
    reader.type = textType;
    try {
      reader.next();
      return reader.labels();
    } catch (ExpositionException e) {
      throw new IllegalArgumentException("the text is no series that was read before", e);
    } finally {
      reader.buffer = new byte[] {'\n'};
    }
  }

  /** Whether the sample has an exemplar. */
  public final boolean hasExemplar() {
    return hasExemplar;
  }

  /** The labels of the exemplar. */
  public Labels exemplarLabels() {
    throw new IllegalStateException("the sample has no exemplar");
  }

  /** The value of the exemplar. */
  public double exemplarValue() {
    throw new IllegalStateException("the sample has no exemplar");
  }

  /** Whether the exemplar has a timestamp. */
  public boolean hasExemplarTimestamp() {
    return false;
  }

  /** The exemplar's timestamp in ms; 0 if it has none. */
  public long exemplarTimestamp() {
    return 0;
  }

  /** The hash of the exemplar's text, by which an exemplar that is sent again is known. */
  public long exemplarHash() {
    throw new IllegalStateException("the sample has no exemplar");
  }

  /** Lets go of the text, which may be large. */
  public void release() {
    start(new byte[1], 0);
    floats.release();
  }

  /** A reader of the same format without a sink. */
  abstract ExpositionReader another();

  /** Forgets what was said in the text before. */
  void restart() {}

  /** Reads a line that begins with {@code #}. */
  abstract void readHash() throws ExpositionException;

  /** Reads another line; false if it has no sample. */
  abstract boolean readLine(long hash, int length) throws ExpositionException;

  /** Reads what follows the series, to the end of the line. */
  abstract void readValueAndRest() throws ExpositionException;

  /** Checks that the text may end here. */
  abstract void readEnd() throws ExpositionException;

  private boolean skipRepeated() {
    int length = sink.repeated(buffer, at, end);
    if (length == 0) {
      return false;
    }
    at += length;
    FamilyType repeated = sink.repeatedType();
    if (repeated != null) {
      type = repeated;
    }
    return true;
  }

  /** Reads the sample if the series stands here and is followed by one blank and a value. */
  private boolean stands(long hash, int length) throws ExpositionException {
    int to = at + length;
    if (to >= end || buffer[to] != ' ') {
      return false;
    }
    byte next = buffer[to + 1];
    if (next == '{' || next == ' ' || next == '\t' || LineHash.of(buffer, at, to) != hash) {
      return false;
    }
    lineStart = at;
    seriesStart = at;
    seriesEnd = to;
    expectedStood = true;
    at = to;
    if (!readOrdinaryRest()) {
      readValueAndRest();
    }
    return true;
  }

  /** Reads the rest if it is a blank, an ordinary number and the end of the line. */
  final boolean readOrdinaryRest() {
    if (buffer[at] != ' ') {
      return false;
    }
    int to = floats.readOrdinary(buffer, at + 1);
    if (to < 0 || to >= end || buffer[to] != '\n') {
      return false;
    }
    at = to + 1;
    hasTimestamp = false;
    timestamp = 0;
    hasExemplar = false;
    return true;
  }

  /**
   * Goes behind a quoted string.
   *
   * @param nulAllowed whether it may hold NUL bytes
   * @param linesAllowed whether it may hold line feeds
   */
  final void skipQuoted(boolean nulAllowed, boolean linesAllowed, String what)
      throws ExpositionException {
    int open = at++;
    while (at < end && buffer[at] != '"') {
      if (buffer[at] == '\\') {
        at++;
        while (nulAllowed && at < end && buffer[at] == 0) {
          at++;
        }
        if (buffer[at] == '\n') {
          throw expected("expected a character after \"\\\" in " + what);
        }
      }
      if (buffer[at] == 0 && !nulAllowed) {
        throw expected("expected no NUL byte in " + what);
      }
      if (buffer[at] == '\n' && !linesAllowed) {
        throw expected("expected a quotation mark at the end of " + what);
      }
      at++;
    }
    if (at >= end) {
      at = open;
      throw error("the quotation mark that begins %s is never closed".formatted(what));
    }
    at++;
  }

  final void skipName() {
    while (isNameStart(buffer[at]) || isDigit(buffer[at])) {
      at++;
    }
  }

  final void skipLabelName() {
    while (isLabelStart(buffer[at]) || isDigit(buffer[at])) {
      at++;
    }
  }

  /** The name of a family as it is given after HELP, TYPE and UNIT. */
  final void readFamilyName(String word) throws ExpositionException {
    int from = at;
    if (buffer[at] == '"') {
      skipQuoted(false, true, "a metric name");
      family.nameFrom = from + 1;
      family.nameTo = at - 1;
    } else if (isNameStart(buffer[at])) {
      skipName();
      family.nameFrom = from;
      family.nameTo = at;
    } else {
      throw expected("expected a metric name after " + word);
    }
  }

  final boolean stands(String word) {
    if (end - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (buffer[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** What stands between two positions, for messages. */
  final String quote(int from, int to) {
    return Excerpt.quote(new String(buffer, from, to - from, StandardCharsets.UTF_8));
  }

  final int lineEnd() {
    int i = at;
    while (buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  final ExpositionException expected(String what) {
    String got = "the end of the line";
    if (at >= end) {
      got = "the end of the text";
    } else if (buffer[at] != '\n') {
      int to = at + 1;
      while (to < end && (buffer[to] & 0xc0) == 0x80) {
        to++;
      }
      got = quote(at, to);
    }
    return error("%s, got %s".formatted(what, got));
  }

  final ExpositionException error(String what) {
    int line = 1;
    for (int i = 0; i < lineStart; i++) {
      line += buffer[i] == '\n' ? 1 : 0;
    }
    int to = lineStart;
    while (to < end && buffer[to] != '\n' && to - lineStart < LONGEST_LINE_SHOWN) {
      to++;
    }
    return new ExpositionException(
        "line %d: %s, in %s".formatted(line, what, quote(lineStart, to)));
  }

  static boolean isNameStart(byte b) {
    return isLabelStart(b) || b == ':';
  }

  static boolean isLabelStart(byte b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_';
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
