package io.narthex.scrape.internal.text;

import io.narthex.api.model.Labels;

/**
 * Reads OpenMetrics, versions 0.0.1 and 1.0.0. What is an error, and what is tolerated, is as in
 * Prometheus' parser (model/textparse/openmetricslex.l, openmetricsparse.go): it checks the lines
 * one by one and that the text ends with {@code # EOF}, but not how they belong together. {@code
 * _created} lines are ordinary series.
 */
public final class OpenMetricsReader extends ExpositionReader {
  private static final FamilyType[] TYPES = FamilyType.values();

  private final FloatReader times = new FloatReader();
  private final FloatReader exemplarFloats = new FloatReader();
  private final SeriesMarks exemplarMarks = new SeriesMarks();
  private boolean hasExemplarTimestamp;
  private long exemplarTimestamp;
  private int exemplarStart;
  private boolean ended;

  /** A reader that forgets what is said about metric families. */
  public OpenMetricsReader() {
    this(MetadataSink.NONE);
  }

  /** A reader. */
  public OpenMetricsReader(MetadataSink sink) {
    super(sink);
  }

  @Override
  public Labels exemplarLabels() {
    return hasExemplar ? exemplarMarks.exemplarLabels(buffer) : super.exemplarLabels();
  }

  @Override
  public double exemplarValue() {
    return hasExemplar ? exemplarFloats.value() : super.exemplarValue();
  }

  @Override
  public boolean hasExemplarTimestamp() {
    return hasExemplar && hasExemplarTimestamp;
  }

  @Override
  public long exemplarTimestamp() {
    return hasExemplarTimestamp() ? exemplarTimestamp : 0;
  }

  @Override
  public long exemplarHash() {
    return hasExemplar ? LineHash.of(buffer, exemplarStart, at) : super.exemplarHash();
  }

  @Override
  public void release() {
    super.release();
    times.release();
    exemplarFloats.release();
  }

  @Override
  ExpositionReader another() {
    return new OpenMetricsReader();
  }

  @Override
  void restart() {
    ended = false;
  }

  @Override
  void readEnd() throws ExpositionException {
    if (!ended) {
      throw error("data does not end with # EOF");
    }
  }

  @Override
  void readHash() throws ExpositionException {
    family.start = at;
    if (stands("# HELP ")) {
      readFamily("HELP");
      if (!Utf8.isValid(buffer, family.textFrom, family.textTo)) {
        throw error("a help text is not valid UTF-8");
      }
      sink.help(buffer, family, true);
    } else if (stands("# TYPE ")) {
      readFamily("TYPE");
      type = readType();
      sink.type(buffer, family, type);
    } else if (stands("# UNIT ")) {
      readFamily("UNIT");
      checkUnit();
      sink.unit(buffer, family);
    } else if (stands("# EOF")) {
      at += "# EOF".length();
      at += at < end && buffer[at] == '\n' ? 1 : 0;
      if (at < end) {
        throw expected("unexpected data after # EOF: expected the end of the text");
      }
      ended = true;
    } else {
      throw error("expected \"# HELP\", \"# TYPE\", \"# UNIT\" or \"# EOF\"");
    }
  }

  private void readFamily(String word) throws ExpositionException {
    at += "# HELP ".length();
    readFamilyName(word);
    int to = lineEnd();
    if (buffer[at] != ' ' || to >= end) {
      throw error("expected text in " + word);
    }
    family.textFrom = at + 1;
    family.textTo = to;
    family.end = to + 1;
    at = to + 1;
  }

  private FamilyType readType() throws ExpositionException {
    for (FamilyType candidate : TYPES) {
      if (candidate.isNamed(buffer, family.textFrom, family.textTo)) {
        return candidate;
      }
    }
    throw error(
        ("invalid metric type %s; it must be counter, gauge, histogram, gaugehistogram, summary,"
                + " info, stateset or unknown")
            .formatted(quote(family.textFrom, family.textTo)));
  }

  private void checkUnit() throws ExpositionException {
    int length = family.textTo - family.textFrom;
    int mark = family.nameTo - length - 1;
    if (length == 0) {
      return;
    }
    boolean suffix = mark >= family.nameFrom && buffer[mark] == '_';
    for (int i = 0; suffix && i < length; i++) {
      suffix = buffer[mark + 1 + i] == buffer[family.textFrom + i];
    }
    if (!suffix) {
      throw error(
          "unit %s not a suffix of metric %s"
              .formatted(
                  quote(family.textFrom, family.textTo), quote(family.nameFrom, family.nameTo)));
    }
  }

  @Override
  boolean readLine(long hash, int length) throws ExpositionException {
    seriesStart = at;
    expectedStood = false;
    marks.clear();
    if (isNameStart(buffer[at])) {
      skipName();
      marks.name(seriesStart, at);
    } else if (isBehindValue()) {
      throw expected("expected one blank and the timestamp");
    } else if (buffer[at] != '{') {
      throw expected("expected a metric name, \"{\" or \"#\" at the start of a line");
    }
    if (buffer[at] == '{') {
      at++;
      readLabels();
    }
    seriesEnd = at;
    if (!marks.hasName()) {
      throw error("expected a metric name, which must be quoted if it stands within the braces");
    }
    if (!readOrdinaryRest()) {
      readValueAndRest();
    }
    return true;
  }

  /** Whether this is the rest of a line whose sample was taken; then errors name the whole line. */
  private boolean isBehindValue() {
    if (at == 0 || buffer[at - 1] == '\n') {
      return false;
    }
    while (lineStart > 0 && buffer[lineStart - 1] != '\n') {
      lineStart--;
    }
    return true;
  }

  private void readLabels() throws ExpositionException {
    while (buffer[at] != '}') {
      int from = at;
      boolean quoted = buffer[at] == '"';
      if (quoted) {
        skipQuoted(false, true, "a quoted name");
      } else if (isLabelStart(buffer[at])) {
        skipLabelName();
      } else {
        throw expected("expected a label name or \"}\"");
      }
      if (!quoted) {
        readLabelValue(marks, from, at, true);
      } else if (buffer[at] != ',' && buffer[at] != '}') {
        readLabelValue(marks, from + 1, at - 1, true);
      } else if (marks.hasName()) {
        throw error("metric name already set");
      } else {
        marks.name(from + 1, at - 1);
        at += buffer[at] == ',' ? 1 : 0;
      }
    }
    at++;
  }

  private void readLabelValue(SeriesMarks to, int nameFrom, int nameTo, boolean nulAllowed)
      throws ExpositionException {
    if (buffer[at] != '=') {
      throw expected("expected \"=\" after a label name");
    }
    at++;
    if (buffer[at] != '"') {
      throw expected("expected a quoted label value after \"=\"");
    }
    int from = at;
    skipQuoted(nulAllowed, false, "a label value");
    if (!Utf8.isValid(buffer, from, at)) {
      throw error("a label value is not valid UTF-8");
    }
    to.label(nameFrom, nameTo, from + 1, at - 1);
    if (buffer[at] == ',') {
      at++;
    } else if (buffer[at] != '}') {
      throw expected("expected \",\" or \"}\" after a label value");
    }
  }

  @Override
  void readValueAndRest() throws ExpositionException {
    readNumber(floats, "value after the metric");
    hasTimestamp = false;
    timestamp = 0;
    hasExemplar = false;
    if (buffer[at] == ' ' && !exemplarFollows()) {
      if (!isNumberByte(buffer[at + 1]) || buffer[at + 1] == '#' && buffer[at + 2] == ' ') {
        // As upstream: the sample counts, and what follows is refused as the next line.
        return;
      }
      timestamp = readTimestamp("timestamp");
      hasTimestamp = true;
    }
    if (exemplarFollows()) {
      at += " # {".length();
      exemplarStart = at;
      readExemplar();
    }
    if (at >= end) {
      throw error("data does not end with # EOF");
    }
    if (buffer[at] != '\n') {
      throw expected("expected the end of the line");
    }
    at++;
  }

  private boolean exemplarFollows() {
    return stands(" # {");
  }

  private void readExemplar() throws ExpositionException {
    exemplarMarks.clear();
    while (buffer[at] != '}') {
      int from = at;
      if (buffer[at] == '"') {
        skipQuoted(false, false, "a label name");
        readLabelValue(exemplarMarks, from + 1, at - 1, false);
      } else if (isLabelStart(buffer[at])) {
        skipLabelName();
        readLabelValue(exemplarMarks, from, at, false);
      } else {
        throw expected("expected a label name of an exemplar or \"}\"");
      }
    }
    at++;
    readNumber(exemplarFloats, "value after the exemplar's labels");
    hasExemplarTimestamp = buffer[at] == ' ';
    if (hasExemplarTimestamp) {
      exemplarTimestamp = readTimestamp("exemplar timestamp");
    }
    hasExemplar = true;
  }

  /** Reads a blank and a number. */
  private void readNumber(FloatReader reader, String what) throws ExpositionException {
    int from = at + 1;
    if (buffer[at] != ' ' || !isNumberByte(buffer[from])) {
      throw expected("expected one blank and the " + what);
    }
    at = from;
    while (isNumberByte(buffer[at])) {
      at++;
    }
    if (!reader.read(buffer, from, at)) {
      throw error(reader.problem());
    }
  }

  /** Seconds, which are stored as milliseconds, cut off. */
  private long readTimestamp(String what) throws ExpositionException {
    readNumber(times, what);
    double seconds = times.value();
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw error("invalid %s %s".formatted(what, OpenMetricsFloat.format(seconds)));
    }
    double millis = seconds * 1000;
    // As on the processors that Prometheus mostly runs on, too much is the least number.
    return millis >= 0x1p63 ? Long.MIN_VALUE : (long) millis;
  }

  private static boolean isNumberByte(byte b) {
    return b != ' ' && b != '\n' && b != 0;
  }
}
