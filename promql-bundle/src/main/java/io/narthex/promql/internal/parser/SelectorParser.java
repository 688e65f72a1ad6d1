package io.narthex.promql.internal.parser;

import com.google.re2j.PatternSyntaxException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.promql.internal.ast.Timing;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.source.GoText;
import io.narthex.promql.internal.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses a metric name and conditions in braces. */
final class SelectorParser {
  private static final String WHERE = "label matching";

  private final Tokens tokens;

  SelectorParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** A selector that begins with braces, without modifiers. */
  VectorSelector unnamed() {
    int start = tokens.current().start();
    List<Matcher> matchers = new ArrayList<>();
    braces(matchers);
    return selector("", matchers, start);
  }

  /** A selector that begins with a name, which has been taken, without modifiers. */
  VectorSelector selector(Token name) {
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.is(TokenType.LEFT_BRACE)) {
      braces(matchers);
    }
    matchers.add(new Matcher(MatchType.EQUAL, Labels.METRIC_NAME, name.text()));
    return selector(name.text(), matchers, name.start());
  }

  private VectorSelector selector(String name, List<Matcher> matchers, int start) {
    Span span = new Span(start, tokens.lastEnd());
    return new VectorSelector(name, matchers, Timing.PLAIN, VectorSelector.Extension.NONE, span);
  }

  private void braces(List<Matcher> matchers) {
    tokens.take();
    while (!tokens.takeIf(TokenType.RIGHT_BRACE)) {
      matchers.add(matcher());
      if (!tokens.takeIf(TokenType.COMMA) && !tokens.is(TokenType.RIGHT_BRACE)) {
        throw tokens.unexpected(WHERE, "\",\" or \"}\"");
      }
    }
  }

  private Matcher matcher() {
    boolean quoted = tokens.is(TokenType.STRING);
    if (!quoted && !tokens.is(TokenType.IDENTIFIER)) {
      throw tokens.unexpected(WHERE, "identifier or \"}\"");
    }
    Token label = tokens.take();
    String name = quoted ? GoText.unquote(label.text()) : label.text();
    MatchType type = matchType();
    if (type == null && quoted) {
      return new Matcher(MatchType.EQUAL, Labels.METRIC_NAME, name);
    }
    if (type == null) {
      throw tokens.unexpected(WHERE, "label matching operator");
    }
    tokens.take();
    if (!tokens.is(TokenType.STRING)) {
      throw tokens.unexpected(WHERE, "string");
    }
    Matcher matcher = new Matcher(type, name, GoText.unquote(tokens.current().text()));
    try {
      MatcherRegex.check(matcher);
    } catch (PatternSyntaxException e) {
      throw tokens.fail(label.start(), String.valueOf(e.getMessage()));
    }
    tokens.take();
    return matcher;
  }

  private @Nullable MatchType matchType() {
    return switch (tokens.type()) {
      case EQUAL -> MatchType.EQUAL;
      case NOT_EQUAL -> MatchType.NOT_EQUAL;
      case REGEX -> MatchType.REGEX;
      case NOT_REGEX -> MatchType.NOT_REGEX;
      default -> null;
    };
  }
}
