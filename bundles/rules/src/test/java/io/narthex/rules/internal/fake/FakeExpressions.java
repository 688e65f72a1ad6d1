package io.narthex.rules.internal.fake;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.ExpressionParser;
import io.narthex.api.query.QueryErrors;
import java.util.Optional;

/** Knows of PromQL only that parentheses close, and that an operator has a right side. */
public final class FakeExpressions implements ExpressionParser {
  @Override
  public ParsedExpression parse(String expression) {
    String text = expression.strip().replaceAll("\\s+", " ");
    long open = text.chars().filter(c -> c == '(').count();
    long closed = text.chars().filter(c -> c == ')').count();
    if (open != closed) {
      throw error("1:%d: parse error: unclosed left parenthesis".formatted(text.length() + 1));
    }
    if (text.matches(".*[=<>+*]|.*\\bby")) {
      throw error("1:%d: parse error: unexpected end of input".formatted(text.length() + 1));
    }
    Optional<String> unsupported =
        text.contains("topk")
            ? Optional.of("1:1: \"topk\" is PromQL, but this version does not run it yet")
            : Optional.empty();
    ExpressionType type =
        text.endsWith("]")
            ? ExpressionType.RANGE_VECTOR
            : text.startsWith("'") ? ExpressionType.STRING : ExpressionType.INSTANT_VECTOR;
    return new ParsedExpression(text, type, unsupported);
  }

  private static NarthexException error(String message) {
    return new NarthexException(QueryErrors.PARSE, message);
  }
}
