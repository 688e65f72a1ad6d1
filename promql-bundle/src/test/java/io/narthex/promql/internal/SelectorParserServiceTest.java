package io.narthex.promql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.QueryErrors;
import io.narthex.promql.internal.parser.ParserOptions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorParserServiceTest {
  private static final String[] PIECES = {
    "up", "sum", "by", "offset", "nan", "5m", "{", "}", ",", "=", "=~", "\"a\"", "\"(\"", "a", "'",
    "[", "]", "(", ")", " ", "@", "-", "$", "é", "#", "\n"
  };

  private final SelectorParserService parser = new SelectorParserService(ParserOptions.STABLE);

  static Stream<Arguments> selectors() {
    return Corpus.lines("/selectors.tsv").stream()
        .map(line -> line.split("\t", -1))
        .map(fields -> Arguments.of(fields[0], fields[1]));
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void takesAndRefusesWhatUpstreamDoesInItsWords(String selector, String error) {
    NarthexException refused =
        catchThrowableOfType(NarthexException.class, () -> parser.parse(selector));
    assertThat(refused == null ? "" : refused.getMessage()).isEqualTo(error);
    if (refused != null) {
      assertThat(refused.code()).isEqualTo(QueryErrors.PARSE);
    }
  }

  @Test
  void givesTheNameAndAllConditions() {
    assertThat(parser.parse("up{job=\"a\", x!=\"\", \"y.z\"=~\"b|c\", w!~\"d\"} # all"))
        .containsExactlyInAnyOrder(
            new Matcher(MatchType.EQUAL, "__name__", "up"),
            new Matcher(MatchType.EQUAL, "job", "a"),
            new Matcher(MatchType.NOT_EQUAL, "x", ""),
            new Matcher(MatchType.REGEX, "y.z", "b|c"),
            new Matcher(MatchType.NOT_REGEX, "w", "d"));
    assertThat(parser.parse("{}")).isEmpty();
    assertThat(parser.parse("{\"a b\"}"))
        .containsExactly(new Matcher(MatchType.EQUAL, "__name__", "a b"));
  }

  @Test
  void findsTheSelectorsOfAnExpressionInItsOrder() {
    assertThat(parser.selectors("topk(scalar(k), rate(a{x=\"1\"}[5m])) / on (y) (-b) + 2"))
        .containsExactly(
            List.of(new Matcher(MatchType.EQUAL, "__name__", "k")),
            List.of(
                new Matcher(MatchType.EQUAL, "x", "1"),
                new Matcher(MatchType.EQUAL, "__name__", "a")),
            List.of(new Matcher(MatchType.EQUAL, "__name__", "b")));
    assertThat(parser.selectors("1 + 1")).isEmpty();
    assertThatThrownBy(() -> parser.selectors("sum(")).isInstanceOf(NarthexException.class);
    assertThatThrownBy(() -> parser.selectors("{a=~\".*\"}"))
        .hasMessageContaining("at least one non-empty matcher");
  }

  @Test
  void failsInNoOtherWayThanWithAParseError() {
    Random random = new Random(4);
    int taken = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "up{" : "");
      for (int n = random.nextInt(6); n >= 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      NarthexException refused =
          catchThrowableOfType(
              NarthexException.class, () -> parser.parse(text.append('}').toString()));
      if (refused == null) {
        taken++;
      } else {
        assertThat(refused.code()).isEqualTo(QueryErrors.PARSE);
        assertThat(refused).hasMessageNotContaining("unexpected expression");
      }
    }
    assertThat(taken).isGreaterThan(20);
  }
}
