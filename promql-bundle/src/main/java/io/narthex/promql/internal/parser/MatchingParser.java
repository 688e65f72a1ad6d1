package io.narthex.promql.internal.parser;

import io.narthex.promql.internal.ast.Matching;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.source.GoText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses how vectors are matched, and lists of labels. */
final class MatchingParser {
  private static final String WHERE = "grouping opts";

  private final Tokens tokens;
  private final Literals literals;

  MatchingParser(Tokens tokens, Literals literals) {
    this.tokens = tokens;
    this.literals = literals;
  }

  /** What follows an operator and {@code bool}; it may be nothing. */
  Matching matching() {
    boolean on = tokens.is(TokenType.ON);
    List<String> labels = List.of();
    Matching.Group group = Matching.Group.NONE;
    List<String> include = List.of();
    if (on || tokens.is(TokenType.IGNORING)) {
      tokens.take();
      labels = labels();
      group = group();
      if (group != Matching.Group.NONE && tokens.is(TokenType.LEFT_PAREN)) {
        include = labels();
      }
    }
    return filled(new Matching(on, labels, group, include, null, null));
  }

  private Matching.Group group() {
    if (tokens.takeIf(TokenType.GROUP_LEFT)) {
      return Matching.Group.LEFT;
    }
    return tokens.takeIf(TokenType.GROUP_RIGHT) ? Matching.Group.RIGHT : Matching.Group.NONE;
  }

  private Matching filled(Matching m) {
    if (tokens.takeIf(TokenType.FILL)) {
      Double both = fillValue();
      return with(m, both, both);
    }
    Double left = fill(TokenType.FILL_LEFT);
    Double right = fill(TokenType.FILL_RIGHT);
    if (left == null && right != null) {
      left = fill(TokenType.FILL_LEFT);
    }
    return with(m, left, right);
  }

  private static Matching with(Matching m, @Nullable Double left, @Nullable Double right) {
    return new Matching(m.on(), m.labels(), m.group(), m.include(), left, right);
  }

  private @Nullable Double fill(TokenType keyword) {
    return tokens.takeIf(keyword) ? fillValue() : null;
  }

  private Double fillValue() {
    tokens.require(TokenType.LEFT_PAREN);
    boolean signed = tokens.is(TokenType.ADD) || tokens.is(TokenType.SUB);
    Token sign = tokens.current();
    if (signed) {
      tokens.take();
    }
    NumberLiteral number = literals.read();
    tokens.require(TokenType.RIGHT_PAREN);
    return (signed ? Literals.signed(sign, number) : number).value();
  }

  /** A list of labels in parentheses. */
  List<String> labels() {
    if (!tokens.takeIf(TokenType.LEFT_PAREN)) {
      throw tokens.unexpected(WHERE, "\"(\"");
    }
    List<String> labels = new ArrayList<>();
    while (!tokens.takeIf(TokenType.RIGHT_PAREN)) {
      labels.add(label());
      if (!tokens.takeIf(TokenType.COMMA) && !tokens.is(TokenType.RIGHT_PAREN)) {
        throw tokens.unexpected(WHERE, "\",\" or \")\"");
      }
    }
    return labels;
  }

  private String label() {
    Token token = tokens.current();
    boolean quoted = token.type() == TokenType.STRING;
    if (!quoted && !token.type().isGroupingLabel()) {
      throw tokens.unexpected(WHERE, "label");
    }
    String name = quoted ? GoText.unquote(token.text()) : token.text();
    if (name.isEmpty()) {
      throw tokens.fail(token.start(), "invalid label name for grouping: \"\"");
    }
    tokens.take();
    return name;
  }
}
