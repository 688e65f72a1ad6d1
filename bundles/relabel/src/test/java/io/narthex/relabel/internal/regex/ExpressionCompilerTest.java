package io.narthex.relabel.internal.regex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionCompilerTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'',        LiteralExpression",
        "a|b|a,     LiteralExpression",
        "(a|b),     LiteralExpression",
        "(?:a|b),   LiteralExpression",
        "a\\.b|,    LiteralExpression",
        "(.*),      WildcardExpression",
        ".+,        WildcardExpression",
        "a\\.(.+)b, WildcardExpression",
        "(a)|(b),   Re2Expression",
        "a)|(b,     Re2Expression",
        "a.*?,      Re2Expression",
        "ab*(.*),   Re2Expression",
        "a{1},      Re2Expression",
        "\\d,       Re2Expression",
        "(?i)a,     Re2Expression",
        "(?P<x>a),  Re2Expression",
      })
  void formIsTheCheapest(String regex, String form) {
    assertThat(
            ExpressionCompiler.compile(regex.equals("''") ? "" : regex).getClass().getSimpleName())
        .isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({
    "ab+c, ab",
    "ab*c, a",
    "ab?c, a",
    "ab{2}, a",
    "a\\.[bc], a.",
    "a|b(c), ''",
    "𐐀?b, ''"
  })
  void theEngineIsSparedWhatCannotBegin(String regex, String prefix) {
    assertThat(ExpressionCompiler.compile(regex))
        .isInstanceOfSatisfying(
            Re2Expression.class, re2 -> assertThat(re2.prefix()).isEqualTo(prefix));
  }

  @Test
  void everyFormAgreesWithTheEngine() {
    Random random = new Random(7);
    int executions = 50_000;
    int matches = 0;
    for (int i = 0; i < executions; i++) {
      String regex =
          text(random, 4, "a", "b", "(.*)", "(.+)", ".*", ".+", "|", "\\.", "a?", "é*", "(a|b)");
      String text = text(random, 5, "a", "b", ".", "é", "\n");
      Expression expression = ExpressionCompiler.compile(regex);
      Expression engine = new Re2Expression(Pattern.compile("^(?s:" + regex + ")$"), "");

      assertThat(expression.match(text)).as("%s on %s", regex, text).isEqualTo(engine.match(text));
      assertThat(expression.matches(text)).isEqualTo(engine.matches(text));
      assertThat(expression.groupCount()).isEqualTo(engine.groupCount());
      matches += engine.matches(text) ? 1 : 0;
    }
    System.out.printf(
        "expressions beside the engine: %d executions, %d%% of them match%n",
        executions, 100 * matches / executions);
    assertThat(matches).isGreaterThan(executions * 3 / 10);
  }

  private static String text(Random random, int most, String... from) {
    return IntStream.range(0, random.nextInt(most + 1))
        .mapToObj(i -> from[random.nextInt(from.length)])
        .collect(Collectors.joining());
  }
}
