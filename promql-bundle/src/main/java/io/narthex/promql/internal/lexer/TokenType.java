package io.narthex.promql.internal.lexer;

import io.narthex.promql.internal.source.GoText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens. */
public enum TokenType {
  EOF(Group.BASIC, "end of input"),
  IDENTIFIER(Group.BASIC, "identifier"),
  METRIC_IDENTIFIER(Group.BASIC, "metric identifier"),
  STRING(Group.BASIC, "string"),
  NUMBER(Group.BASIC, "number"),
  DURATION(Group.BASIC, "duration"),

  LEFT_PAREN(Group.PUNCTUATION, "("),
  RIGHT_PAREN(Group.PUNCTUATION, ")"),
  LEFT_BRACE(Group.PUNCTUATION, "{"),
  RIGHT_BRACE(Group.PUNCTUATION, "}"),
  LEFT_BRACKET(Group.PUNCTUATION, "["),
  RIGHT_BRACKET(Group.PUNCTUATION, "]"),
  COMMA(Group.PUNCTUATION, ","),
  COLON(Group.PUNCTUATION, ":"),
  EQUAL(Group.PUNCTUATION, "="),

  ADD(Group.OPERATOR, "+"),
  SUB(Group.OPERATOR, "-"),
  MUL(Group.OPERATOR, "*"),
  DIV(Group.OPERATOR, "/"),
  MOD(Group.OPERATOR, "%"),
  POW(Group.OPERATOR, "^"),
  EQUALS(Group.OPERATOR, "=="),
  NOT_EQUAL(Group.OPERATOR, "!="),
  LESS(Group.OPERATOR, "<"),
  LESS_EQUAL(Group.OPERATOR, "<="),
  GREATER(Group.OPERATOR, ">"),
  GREATER_EQUAL(Group.OPERATOR, ">="),
  TRIM_UPPER(Group.OPERATOR, "</"),
  TRIM_LOWER(Group.OPERATOR, ">/"),
  REGEX(Group.OPERATOR, "=~"),
  NOT_REGEX(Group.OPERATOR, "!~"),
  AT(Group.OPERATOR, "@"),
  AND(Group.WORD_OPERATOR, "and"),
  OR(Group.WORD_OPERATOR, "or"),
  UNLESS(Group.WORD_OPERATOR, "unless"),
  ATAN2(Group.WORD_OPERATOR, "atan2"),

  SUM(Group.AGGREGATOR, "sum"),
  AVG(Group.AGGREGATOR, "avg"),
  COUNT(Group.AGGREGATOR, "count"),
  MIN(Group.AGGREGATOR, "min"),
  MAX(Group.AGGREGATOR, "max"),
  GROUP(Group.AGGREGATOR, "group"),
  STDDEV(Group.AGGREGATOR, "stddev"),
  STDVAR(Group.AGGREGATOR, "stdvar"),
  TOPK(Group.AGGREGATOR, "topk"),
  BOTTOMK(Group.AGGREGATOR, "bottomk"),
  COUNT_VALUES(Group.AGGREGATOR, "count_values"),
  QUANTILE(Group.AGGREGATOR, "quantile"),
  LIMITK(Group.AGGREGATOR, "limitk"),
  LIMIT_RATIO(Group.AGGREGATOR, "limit_ratio"),

  OFFSET(Group.KEYWORD, "offset"),
  SMOOTHED(Group.KEYWORD, "smoothed"),
  ANCHORED(Group.KEYWORD, "anchored"),
  BY(Group.KEYWORD, "by"),
  WITHOUT(Group.KEYWORD, "without"),
  ON(Group.KEYWORD, "on"),
  IGNORING(Group.KEYWORD, "ignoring"),
  GROUP_LEFT(Group.KEYWORD, "group_left"),
  GROUP_RIGHT(Group.KEYWORD, "group_right"),
  FILL(Group.KEYWORD, "fill"),
  FILL_LEFT(Group.KEYWORD, "fill_left"),
  FILL_RIGHT(Group.KEYWORD, "fill_right"),
  BOOL(Group.KEYWORD, "bool"),

  START(Group.PREPROCESSOR, "start"),
  END(Group.PREPROCESSOR, "end"),
  STEP(Group.PREPROCESSOR, "step"),
  RANGE(Group.PREPROCESSOR, "range"),
  MAX_OF(Group.PREPROCESSOR, "max_of"),
  MIN_OF(Group.PREPROCESSOR, "min_of");

  /** What tokens have in common. */
  enum Group {
    BASIC,
    PUNCTUATION,
    OPERATOR,
    WORD_OPERATOR,
    AGGREGATOR,
    KEYWORD,
    PREPROCESSOR
  }

  private static final Map<String, TokenType> WORDS = words();
  private static final int LONGEST_SHOWN = 10;

  private final Group group;
  private final String spelling;

  TokenType(Group group, String spelling) {
    this.group = group;
    this.spelling = spelling;
  }

  /** How it is written; of tokens without a fixed spelling, what it is called. */
  public String spelling() {
    return spelling;
  }

  /** Whether it names an aggregation. */
  public boolean isAggregator() {
    return group == Group.AGGREGATOR;
  }

  /** Whether it may stand where a metric name stands. */
  public boolean isMetricName() {
    return switch (this) {
      case IDENTIFIER,
          METRIC_IDENTIFIER,
          AND,
          OR,
          UNLESS,
          OFFSET,
          SMOOTHED,
          ANCHORED,
          BY,
          WITHOUT ->
          true;
      case FILL, FILL_LEFT, FILL_RIGHT -> true;
      default -> group == Group.AGGREGATOR || group == Group.PREPROCESSOR;
    };
  }

  /** Whether it may stand where a label is listed. */
  public boolean isGroupingLabel() {
    return switch (group) {
      case WORD_OPERATOR, AGGREGATOR, KEYWORD, PREPROCESSOR -> true;
      default -> this == IDENTIFIER || this == METRIC_IDENTIFIER;
    };
  }

  /** The type of a word that is more than an identifier; null if it is none. */
  static @Nullable TokenType ofWord(String word) {
    return WORDS.get(word.toLowerCase(Locale.ROOT));
  }

  /** How upstream describes a token of this type with this text in an error. */
  String describe(String text) {
    return switch (group) {
      case BASIC -> this == EOF ? spelling : spelling + " " + show(text);
      case OPERATOR, WORD_OPERATOR -> "<op:" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case KEYWORD -> "<" + text + ">";
      case PUNCTUATION, PREPROCESSOR -> show(text);
    };
  }

  private String show(String text) {
    boolean whole =
        this == IDENTIFIER
            || this == METRIC_IDENTIFIER
            || text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SHOWN;
    if (whole) {
      return GoText.quote(text);
    }
    int runes = Math.min(LONGEST_SHOWN, text.codePointCount(0, text.length()));
    return GoText.quote(text.substring(0, text.offsetByCodePoints(0, runes))) + "...";
  }

  private static Map<String, TokenType> words() {
    Map<String, TokenType> words = new HashMap<>();
    for (TokenType type : values()) {
      switch (type.group) {
        case WORD_OPERATOR, AGGREGATOR, KEYWORD, PREPROCESSOR -> words.put(type.spelling, type);
        default -> {}
      }
    }
    words.put("inf", NUMBER);
    words.put("nan", NUMBER);
    return Map.copyOf(words);
  }
}
