package io.narthex.promql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryErrors;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Printer;
import io.narthex.promql.internal.parser.Parser;
import io.narthex.promql.internal.parser.ParserOptions;
import io.narthex.promql.internal.plan.Support;
import io.narthex.promql.internal.plan.TypeCheck;
import io.narthex.promql.internal.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParserTest {
  private static final String[] PIECES = {
    "a",
    "sum",
    "by",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    "=",
    "!=",
    "=~",
    "==",
    "+",
    "-",
    "^",
    "*",
    "/",
    "%",
    "and",
    "or",
    "unless",
    "atan2",
    "on",
    "ignoring",
    "group_left",
    "bool",
    "offset",
    "@",
    "start",
    "end",
    "step",
    "range",
    "5m",
    "1",
    "0x",
    "1e5",
    "\"s\"",
    "'",
    "`r`",
    "\\",
    ":",
    "#",
    "\n",
    " ",
    "rate",
    "topk",
    "without",
    "anchored",
    "fill",
    "inf",
    "NaN",
    "ä",
    "😀",
    "\ud800",
    "min_of",
    "[5m]",
    "{a=\"b\"}",
    "\"\\xff\"",
    "</",
    ">/",
    "~",
    "!",
    "."
  };

  @ParameterizedTest
  @MethodSource("errors")
  void reportsUpstreamsError(String line) {
    String[] columns = line.split("\t", 2);

    String[] placeAndText = columns[1].split("(?<=^unknown position)|(?<=^\\d{1,3}:\\d{1,3}) ", 2);

    assertThatThrownBy(() -> parse(columns[0], ParserOptions.STABLE))
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(QueryErrors.PARSE))
        .hasMessage(placeAndText[0] + ": parse error: " + placeAndText[1].trim());
  }

  static List<String> errors() {
    return Corpus.lines("/parse-errors.tsv");
  }

  @ParameterizedTest
  @MethodSource("validQueries")
  void printsWhatParsesToTheSame(String query) {
    String printed = Printer.print(parse(query, ParserOptions.EXPERIMENTAL));

    assertThat(Printer.print(parse(printed, ParserOptions.EXPERIMENTAL))).isEqualTo(printed);
  }

  static List<String> validQueries() {
    return Corpus.lines("/valid-queries.txt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sum(a)by(b)|sum by (b) (a)",
        "a{c='d',b=~\"x\"}[90s]offset 1w|a{b=~\"x\",c=\"d\"}[1m30s] offset 1w",
        "a+on(b)group_left c|a + on (b) group_left () c",
        "1e3|1000",
        "0755|493",
        "1h30m|1h30m",
        "366d|366d",
        "- 5|-5",
        "-a^2|-a ^ 2",
        "{'x'}|{__name__=\"x\"}",
        "a @ 1.5|a @ 1.500",
        "sum without()(a)|sum without () (a)",
        "a[5m:]|a[5m:]",
        "sum(a) by ('x.y')|sum by (\"x.y\") (a)",
        "a offset (1m) + 2m|a offset (1m) + 2m",
        "a offset 1m + 2|a offset 1m + 2",
        "+Inf|+Inf"
      })
  void printsAsUpstreamDoes(String query, String printed) {
    assertThat(Printer.print(parse(query, ParserOptions.EXPERIMENTAL))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "topk(1, a)|1:1|topk",
        "1 + topk(1, a)|1:5|topk",
        "histogram_quantile(0.9, a)|1:1|histogram_quantile",
        "rate(a[5m:])|1:6|subquery",
        "a[5m + 1m]|1:3|5m + 1m",
        "a offset step()|1:10|step()",
        "a </ 1|1:1|</"
      })
  void namesWhatIsNotRunYet(String query, String position, String what) {
    Source source = new Source(query);
    Expr expr = parse(query, ParserOptions.STABLE);

    NarthexException error =
        catchThrowableOfType(NarthexException.class, () -> Support.check(source, expr));

    assertThat(error.code()).isEqualTo(QueryErrors.UNSUPPORTED);
    assertThat(error)
        .hasMessage(
            "%s: \"%s\" is PromQL, but this version of Narthex does not run it yet"
                .formatted(position, what));
  }

  @Test
  void refusesWhatWouldExhaustTheStack() {
    for (String part : List.of("(", "-", "abs(", "a + (")) {
      String deep = part.repeat(100_000);
      assertThatThrownBy(() -> parse(deep, ParserOptions.STABLE))
          .hasMessageContaining("expression nested too deeply, at most 400 levels");
    }
    assertThatThrownBy(() -> parse("1" + "+1".repeat(100_000), ParserOptions.STABLE))
        .hasMessageContaining("too many operators, at most 1500");
    assertThatThrownBy(() -> parse("a[1" + "^1".repeat(100_000) + "]", ParserOptions.STABLE))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void longestChainIsPrintedAndChecked() {
    Expr expr = parse("1" + "+1".repeat(1500), ParserOptions.STABLE);

    assertThat(Printer.print(expr)).hasSize(1 + 4 * 1500);
  }

  @Test
  void anyTextIsParsedOrRefusedWithAParseError() {
    Random random = new Random(42);
    List<String> valid = validQueries();
    Stream<String> soup = Stream.generate(() -> soup(random)).limit(20_000);
    Stream<String> mutants =
        Stream.generate(() -> mutate(random, valid.get(random.nextInt(valid.size()))))
            .limit(40_000);

    int[] parsed = {0};
    Stream.concat(soup, mutants).forEach(text -> parsed[0] += check(text));

    assertThat(parsed[0]).as("texts that parsed").isGreaterThan(2000);
  }

  private static int check(String text) {
    Expr expr;
    try {
      expr = parse(text, ParserOptions.EXPERIMENTAL);
    } catch (NarthexException e) {
      assertThat(e.code()).as(text).isEqualTo(QueryErrors.PARSE);
      return 0;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("for: " + text, e);
    }
    String printed = Printer.print(expr);
    try {
      assertThat(Printer.print(parse(printed, ParserOptions.EXPERIMENTAL))).isEqualTo(printed);
    } catch (RuntimeException e) {
      throw new AssertionError("printed from: " + text + "\n" + printed, e);
    }
    try {
      Support.check(new Source(text), expr);
    } catch (NarthexException e) {
      assertThat(e.code()).isEqualTo(QueryErrors.UNSUPPORTED);
    }
    return 1;
  }

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      text.append(random.nextInt(3) == 0 ? " " : "");
    }
    return text.toString();
  }

  private static String mutate(Random random, String query) {
    List<String> parts = new ArrayList<>(List.of(query.split("(?<=\\W)|(?=\\W)")));
    int changes = 1 + random.nextInt(2);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(parts.size());
      switch (random.nextInt(4)) {
        case 0 -> parts.set(at, "");
        case 1 -> parts.set(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> parts.add(at, PIECES[random.nextInt(PIECES.length)]);
        default -> parts.set(at, parts.get(random.nextInt(parts.size())));
      }
    }
    return String.join("", parts);
  }

  private static Expr parse(String text, ParserOptions options) {
    Source source = new Source(text);
    Expr expr = Parser.parse(source, options);
    TypeCheck.check(source, expr);
    return expr;
  }
}
