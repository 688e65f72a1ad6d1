package io.narthex.promql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.ExpressionParser.ExpressionType;
import io.narthex.api.query.ExpressionParser.ParsedExpression;
import io.narthex.api.query.QueryErrors;
import io.narthex.promql.internal.parser.ParserOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionParserServiceTest {
  private final ExpressionParserService parser = new ExpressionParserService(ParserOptions.STABLE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "up==0|up == 0|INSTANT_VECTOR",
        "sum(rate(x{b='c',a=~\"d\"}[5m]))by(job)|sum by (job) (rate(x{a=~\"d\",b=\"c\"}[5m]))|INSTANT_VECTOR",
        "1+ 2|1 + 2|SCALAR",
        "up[1h30m]|up[1h30m]|RANGE_VECTOR",
        "'a'|\"a\"|STRING"
      })
  void givesTheExpressionAsUpstreamPrintsItAndItsType(
      String given, String text, ExpressionType type) {
    ParsedExpression parsed = parser.parse(given);

    assertThat(parsed).isEqualTo(new ParsedExpression(text, type, Optional.empty()));
    assertThat(parser.parse(parsed.text())).isEqualTo(parsed);
  }

  @Test
  void anExpressionOverSeveralLinesBecomesOne() {
    assertThat(parser.parse("up\n  # a comment\n  > 1\n").text()).isEqualTo("up > 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sum(|1:5: parse error: unclosed left parenthesis",
        "up > bool|1:10: parse error: unexpected end of input",
        "rate(up)|1:6: parse error: expected type range vector in call to function \"rate\", got instant vector"
      })
  void refusesInUpstreamsWords(String given, String message) {
    NarthexException refused =
        catchThrowableOfType(NarthexException.class, () -> parser.parse(given));

    assertThat(refused.code()).isEqualTo(QueryErrors.PARSE);
    assertThat(refused).hasMessage(message);
  }

  @Test
  void saysWhatThisVersionDoesNotRun() {
    assertThat(parser.parse("topk(3, up)").unsupported().orElseThrow())
        .contains("\"topk\" is PromQL, but this version of Narthex does not run it yet");
  }
}
