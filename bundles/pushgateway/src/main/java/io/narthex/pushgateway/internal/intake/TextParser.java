package io.narthex.pushgateway.internal.intake;

import io.narthex.api.model.Label;
import io.narthex.api.model.NameValidation;
import io.narthex.pushgateway.internal.exposition.Count;
import io.narthex.pushgateway.internal.exposition.GoQuote;
import io.narthex.pushgateway.internal.exposition.MemoryWeight;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text format, version 0.0.4, as strictly as upstream's parser and with its messages: one
 * pass over the bytes. Names are legacy ones, bare or in quotes. A parser reads one body.
 */
public final class TextParser {
  private static final BigInteger TWO_63 = BigInteger.ONE.shiftLeft(63);

  /** Above so many labels a set looks for duplicates, not a loop. */
  private static final int FEW_LABELS = 12;

  private final TextCursor in;
  private final IntakeMemory.Share memory;
  private final Map<String, FamilyDraft> families = new LinkedHashMap<>();

  /** One string for each name of a label. */
  private final Map<String, String> labelNames = new HashMap<>();

  private boolean timestamped;

  /** Which number of a summary or histogram a line has, by the end of its name. */
  private enum Part {
    PLAIN,
    SUM,
    COUNT
  }

  /** The family and part that a name means. */
  private record Meaning(FamilyDraft family, Part part) {}

  /**
   * What stands before a value.
   *
   * @param extra the value of {@code quantile} or {@code le}, if the family has such a label
   */
  private record Series(Meaning meaning, List<Label> labels, @Nullable Double extra) {}

  private TextParser(byte[] body, int length, IntakeMemory.Share memory) {
    this.in = new TextCursor(body, length);
    this.memory = memory;
  }

  /**
   * Reads the first bytes of an array.
   *
   * @param memory accounts for what is read
   * @throws PushTooLargeException as soon as that is too much
   */
  public static ParsedPush parse(byte[] body, int length, IntakeMemory.Share memory)
      throws PushFormatException {
    return new TextParser(body, length, memory).parse();
  }

  private ParsedPush parse() throws PushFormatException {
    boolean more = true;
    while (more) {
      more = line();
    }
    List<MetricFamily> built = new ArrayList<>(families.size());
    for (FamilyDraft family : families.values()) {
      if (!family.isEmpty()) {
        built.add(family.build());
      }
    }
    return new ParsedPush(built, timestamped);
  }

  private boolean line() throws PushFormatException {
    in.beginLine();
    in.skipBlanks();
    if (in.atEnd()) {
      return false;
    }
    switch (in.current()) {
      case '#' -> comment();
      case '\n' -> in.next();
      case '{' -> sample(labels(null));
      default -> sample(namedSeries());
    }
    return true;
  }

  private void comment() throws PushFormatException {
    in.next();
    in.skipBlanks();
    int from = in.position();
    in.skipToken();
    String keyword = in.text(from, in.position());
    if (!keyword.equals("HELP") && !keyword.equals("TYPE")) {
      in.skipLine();
      return;
    }
    in.skipBlanks();
    if (in.current() == '\n') {
      in.next();
      return;
    }
    String name = in.name(true, "metric");
    if (in.current() == '\n') {
      in.next();
      return;
    }
    if (!TextCursor.isBlank(in.current())) {
      throw in.error("invalid metric name in comment");
    }
    FamilyDraft family = meaning(name).family();
    in.skipBlanks();
    if (in.current() == '\n') {
      in.next();
    } else if (keyword.equals("HELP")) {
      help(family);
    } else {
      type(family);
    }
  }

  private void help(FamilyDraft family) throws PushFormatException {
    if (family.help != null) {
      throw in.error("second HELP line for metric name " + GoQuote.quote(family.name));
    }
    family.help = in.help();
  }

  private void type(FamilyDraft family) throws PushFormatException {
    if (family.type != null) {
      throw in.error(
          "second TYPE line for metric name %s, or TYPE reported after samples"
              .formatted(GoQuote.quote(family.name)));
    }
    String text = in.restOfLine();
    family.type =
        switch (text.toUpperCase(Locale.ROOT)) {
          case "COUNTER" -> MetricType.COUNTER;
          case "GAUGE" -> MetricType.GAUGE;
          case "SUMMARY" -> MetricType.SUMMARY;
          case "UNTYPED" -> MetricType.UNTYPED;
          case "HISTOGRAM" -> MetricType.HISTOGRAM;
          case "GAUGE_HISTOGRAM", "GAUGEHISTOGRAM" -> MetricType.GAUGE_HISTOGRAM;
          default -> throw in.error("unknown metric type " + in.quotedScratch());
        };
  }

  private Series namedSeries() throws PushFormatException {
    String name = in.name(true, "metric");
    if (name.isEmpty()) {
      throw in.error("invalid metric name");
    }
    Meaning meaning = sampled(name);
    in.skipBlanks();
    return in.current() == '{' ? labels(meaning) : new Series(meaning, List.of(), null);
  }

  /** The meaning of the name of a sample; a family has a type from then on. */
  private Meaning sampled(String name) throws PushFormatException {
    Meaning meaning = meaning(name);
    if (meaning.family().type == null) {
      meaning.family().type = MetricType.UNTYPED;
    }
    return meaning;
  }

  private Meaning meaning(String name) throws PushFormatException {
    if (!NameValidation.LEGACY.isMetricName(name)) {
      throw in.error("invalid metric name " + GoQuote.quote(name));
    }
    FamilyDraft family = families.get(name);
    if (family != null) {
      return new Meaning(family, Part.PLAIN);
    }
    Part part = isPart(name, "_count") ? Part.COUNT : isPart(name, "_sum") ? Part.SUM : Part.PLAIN;
    if (part != Part.PLAIN) {
      FamilyDraft whole = families.get(name.substring(0, name.lastIndexOf('_')));
      if (whole != null && !whole.extraLabel().isEmpty()) {
        return new Meaning(whole, part);
      }
    }
    if (isPart(name, "_bucket")) {
      FamilyDraft whole = families.get(name.substring(0, name.lastIndexOf('_')));
      if (whole != null && whole.extraLabel().equals("le")) {
        return new Meaning(whole, Part.PLAIN);
      }
    }
    memory.add(MemoryWeight.FAMILY);
    FamilyDraft created = new FamilyDraft(name);
    families.put(name, created);
    return new Meaning(created, Part.PLAIN);
  }

  private static boolean isPart(String name, String suffix) {
    return name.length() > suffix.length() && name.endsWith(suffix);
  }

  /**
   * Reads labels in braces.
   *
   * @param before what stands before them; if nothing does, the name is among them
   */
  private Series labels(@Nullable Meaning before) throws PushFormatException {
    in.next();
    boolean nameInside = before == null;
    Meaning meaning = before;
    List<Label> labels = new ArrayList<>(4);
    Set<String> seen = new HashSet<>(0);
    Double extra = null;
    while (true) {
      in.skipBlanks();
      if (in.current() == '}') {
        break;
      }
      String family = meaning == null ? "" : meaning.family().name;
      String name = in.name(false, "label");
      if (name.isEmpty()) {
        throw in.error("invalid label name for metric " + GoQuote.quote(family));
      }
      in.skipBlanks();
      if (in.current() != '=') {
        meaning = nameAmongLabels(name, nameInside, meaning);
        if (in.current() == '}') {
          break;
        }
        in.next();
        continue;
      }
      checkLabelName(name);
      boolean isExtra = meaning != null && name.equals(meaning.family().extraLabel());
      if (!isExtra && isSeen(name, labels, seen)) {
        throw in.error("duplicate label names for metric " + GoQuote.quote(family));
      }
      String value = labelValue();
      if (isExtra) {
        extra = extra(name);
      } else {
        memory.add(MemoryWeight.LABEL + value.length());
        labels.add(new Label(oneName(name), value));
      }
      endOfLabel();
    }
    if (meaning == null) {
      throw in.error("invalid metric name");
    }
    in.next();
    in.skipBlanks();
    in.current();
    return new Series(meaning, labels, extra);
  }

  private String oneName(String name) throws PushTooLargeException {
    String known = labelNames.get(name);
    if (known != null) {
      return known;
    }
    memory.add(MemoryWeight.PART + name.length());
    labelNames.put(name, name);
    return name;
  }

  private Meaning nameAmongLabels(String name, boolean nameInside, @Nullable Meaning before)
      throws PushFormatException {
    if (!nameInside) {
      throw in.error("expected '=' after label name, found " + GoQuote.quote(in.current()));
    }
    if (before != null) {
      throw in.error("multiple metric names for metric " + GoQuote.quote(before.family().name));
    }
    if (in.current() != ',' && in.current() != '}') {
      throw in.error("unexpected end of metric name " + GoQuote.quote(in.current()));
    }
    return sampled(name);
  }

  private void checkLabelName(String name) throws PushFormatException {
    if (name.equals("__name__")) {
      throw in.error("label name \"__name__\" is reserved");
    }
    if (!NameValidation.LEGACY.isLabelName(name)) {
      throw in.error("invalid label name " + GoQuote.quote(name));
    }
  }

  private static boolean isSeen(String name, List<Label> labels, Set<String> seen) {
    if (labels.size() < FEW_LABELS) {
      for (Label label : labels) {
        if (label.name().equals(name)) {
          return true;
        }
      }
      return false;
    }
    if (seen.isEmpty()) {
      labels.forEach(label -> seen.add(label.name()));
    }
    return !seen.add(name);
  }

  private String labelValue() throws PushFormatException {
    in.next();
    in.skipBlanks();
    if (in.current() != '"') {
      throw in.error("expected '\"' at start of label value, found " + GoQuote.quote(in.current()));
    }
    in.next();
    String value = in.labelValue();
    if (value == null) {
      throw in.error("invalid label value " + in.quotedScratch());
    }
    return value;
  }

  private Double extra(String name) throws PushFormatException {
    Double bound = in.scratchNumber();
    if (bound == null) {
      throw in.error(
          "expected float as value for '%s' label, got %s".formatted(name, in.quotedScratch()));
    }
    return bound;
  }

  private void endOfLabel() throws PushFormatException {
    in.skipBlanks();
    if (in.current() == ',') {
      in.next();
    } else if (in.current() != '}') {
      throw in.error("unexpected end of label value " + in.quotedScratch());
    }
  }

  private void sample(Series series) throws PushFormatException {
    int from = in.position();
    in.skipToken();
    Double value = GoFloat.parse(in.bytes(), from, in.position());
    if (value == null) {
      throw in.error("expected float as value, got " + in.quoted(from, in.position()));
    }
    set(series, value);
    if (in.current() == '\n') {
      in.next();
    } else {
      timestamp();
    }
  }

  private void set(Series series, double value) throws PushFormatException {
    FamilyDraft family = series.meaning().family();
    MetricDraft metric = family.metric(series.labels(), memory);
    boolean summary = family.type == MetricType.SUMMARY;
    if (!summary && family.extraLabel().isEmpty()) {
      metric.value(value);
      return;
    }
    Double extra = series.extra();
    switch (series.meaning().part()) {
      case SUM -> metric.sum(value);
      case COUNT ->
          metric.count(summary ? Count.whole(unsigned(value)) : count(value, "count", family.name));
      case PLAIN -> {
        if (extra != null && !Double.isNaN(extra)) {
          memory.add(MemoryWeight.PART);
          if (summary) {
            metric.quantile(extra, value);
          } else {
            metric.bucket(extra, count(value, "bucket population", family.name));
          }
        }
      }
    }
  }

  private Count count(double value, String what, String family) throws PushFormatException {
    long whole = unsigned(value);
    if (Count.whole(whole).asDouble() == value) {
      return Count.whole(whole);
    }
    if (value < 0) {
      throw in.error("negative %s for histogram %s".formatted(what, GoQuote.quote(family)));
    }
    return Count.fractional(value);
  }

  /** As Go turns a float into an unsigned number on amd64. */
  private static long unsigned(double value) {
    if (value < 0x1p63) {
      return (long) value;
    }
    if (value < 0x1p64) {
      return (long) (value - 0x1p63) ^ Long.MIN_VALUE;
    }
    return Long.MIN_VALUE;
  }

  private void timestamp() throws PushFormatException {
    in.skipBlanks();
    int from = in.position();
    in.skipToken();
    if (!isLong(in.bytes(), from, in.position())) {
      throw in.error("expected integer as timestamp, got " + in.quoted(from, in.position()));
    }
    timestamped = true;
    if (!in.restOfLine().isEmpty()) {
      throw in.error("spurious string after timestamp: " + in.quotedScratch());
    }
  }

  private static boolean isLong(byte[] bytes, int from, int to) {
    boolean signed = from < to && (bytes[from] == '+' || bytes[from] == '-');
    int at = signed ? from + 1 : from;
    if (at == to) {
      return false;
    }
    for (int i = at; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    while (at < to && bytes[at] == '0') {
      at++;
    }
    if (to - at > 19) {
      return false;
    }
    String digits = new String(bytes, at, to - at, StandardCharsets.US_ASCII);
    BigInteger magnitude = digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    int order = magnitude.compareTo(TWO_63);
    return order < 0 || order == 0 && signed && bytes[from] == '-';
  }
}
