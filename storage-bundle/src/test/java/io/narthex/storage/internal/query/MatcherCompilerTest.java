package io.narthex.storage.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.StorageErrors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherCompilerTest {
  private static final List<String> PIECES =
      List.of("a", "b", "ab", "|", ".*", ".+", ".", "(a|b)", "", "\\.", "[ab]?", "\n", "ü");
  private static final List<String> VALUES =
      List.of(
          "", "a", "b", "ab", "ba", "aab", "a.b", ".", "a\nb", "\n", "ü", "üa", "abab", "aü",
          "b|a");

  private static ValueTest compile(MatchType type, String expression) {
    return MatcherCompiler.compile(new Matcher(type, "n", expression));
  }

  @Test
  void everyWayAnswersAsTheEngineWould() {
    Random random = new Random(9);
    for (int round = 0; round < 5000; round++) {
      StringBuilder expression = new StringBuilder();
      for (int i = random.nextInt(5); i > 0; i--) {
        expression.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      Pattern engine;
      try {
        engine = Pattern.compile("^(?s:" + expression + ")$");
      } catch (com.google.re2j.PatternSyntaxException e) {
        continue;
      }
      ValueTest positive = compile(MatchType.REGEX, expression.toString());
      ValueTest negative = compile(MatchType.NOT_REGEX, expression.toString());
      for (String value : VALUES) {
        boolean expected = engine.matches(value);
        assertThat(positive.test(value))
            .as("%s =~ %s (%s)", value, expression, positive)
            .isEqualTo(expected);
        assertThat(negative.test(value)).as("%s !~ %s", value, expression).isEqualTo(!expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a, OneOf",
    "a|b|c, OneOf",
    "'', OneOf",
    ".*, Any",
    ".+, NotEmpty",
    "node_.*, Prefix",
    "node_.+, Prefix",
    "a.*b, Regex",
    "a.*|b, Regex"
  })
  void commonExpressionsNeedNoEngine(String expression, String kind) {
    assertThat(compile(MatchType.REGEX, expression).getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void badExpressionSaysWhere() {
    assertThatThrownBy(() -> compile(MatchType.REGEX, "a("))
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(StorageErrors.BAD_MATCHER))
        .hasMessageStartingWith("the expression of n=~\"a(\" does not compile: ");
  }
}
