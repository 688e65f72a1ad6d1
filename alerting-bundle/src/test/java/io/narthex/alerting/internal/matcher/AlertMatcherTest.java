package io.narthex.alerting.internal.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertMatcherTest {
  @ParameterizedTest
  @CsvSource({
    "a=x, x, true",
    "a=x, xx, false",
    "a=, '', true",
    "a!=x, x, false",
    "a!=x, '', true",
    "a=~x|y, y, true",
    "a=~x|y, xy, false",
    "a=~x.*, xylophone, true",
    "a=~.+, '', false",
    "a=~.*, '', true",
    "a!~x|y, y, false",
    "a!~x|y, '', true",
    "a!~.+, '', true",
    "a=~(?i)X, x, true",
    // Whatever upstream puts around the expression is not a group of its own.
    "a=~x)|(y, y, true",
  })
  void comparesAsUpstreamDoes(String matcher, String value, boolean matches) {
    AlertMatcher parsed = new MatcherParser("test").parseOne(matcher);
    assertThat(parsed.matches(Labels.builder().set("a", value).set("b", "x").build()))
        .isEqualTo(matches);
  }

  @Test
  void anExpressionDoesNotReachOverLines() {
    AlertMatcher matcher = AlertMatcher.of(MatchType.REGEX, "a", "x.y");
    assertThat(matcher.matches("x\ny")).isFalse();
    assertThat(AlertMatcher.of(MatchType.REGEX, "a", "x").matches("x\n")).isFalse();
  }

  @Test
  void noExpressionIsRefused() {
    assertThatThrownBy(() -> AlertMatcher.of(MatchType.NOT_REGEX, "a", "x("))
        .isInstanceOf(BadMatcherException.class)
        .hasMessage("error parsing regexp: missing closing ): `^(?:x()$`");
  }

  @Test
  void theOrderIsByNameValueAndType() {
    Matchers sorted = new MatcherParser("test").parseAll("b=1,a=2,a=~1,a!=1,a=1").sorted();
    assertThat(sorted).hasToString("{a=\"1\",a!=\"1\",a=~\"1\",a=\"2\",b=\"1\"}");
  }

  @Test
  void allMustMatch() {
    Matchers matchers = new MatcherParser("test").parseAll("a=1,b=~2|3");
    assertThat(matchers.matches(Labels.of("a", "1", "b", "3"))).isTrue();
    assertThat(matchers.matches(Labels.of("a", "1"))).isFalse();
    assertThat(Matchers.NONE.matches(Labels.EMPTY)).isTrue();
  }
}
