package io.narthex.promql.internal.parser;

import io.narthex.promql.internal.ast.Aggregate;
import io.narthex.promql.internal.ast.AggregateOp;
import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.BinaryOp;
import io.narthex.promql.internal.ast.Call;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.FunctionSignature;
import io.narthex.promql.internal.ast.Matching;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.ast.Paren;
import io.narthex.promql.internal.ast.StringLiteral;
import io.narthex.promql.internal.ast.Unary;
import io.narthex.promql.internal.functions.Signatures;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.source.GoText;
import io.narthex.promql.internal.source.Source;
import io.narthex.promql.internal.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses an expression: recursive descent for what upstream's grammar nests, precedence climbing
 * for operators. It stops at the first error, which is the one that upstream reports; types are
 * checked afterwards (package {@code plan}).
 */
public final class Parser {
  private final Tokens tokens;
  private final ParserOptions options;
  private final Nesting nesting;
  private final Literals literals;
  private final SelectorParser selectors;
  private final ModifierParser modifiers;
  private final MatchingParser matchings;

  private Parser(Source source, ParserOptions options) {
    this.tokens = new Tokens(source);
    this.options = options;
    this.nesting = new Nesting(tokens);
    this.literals = new Literals(tokens);
    this.selectors = new SelectorParser(tokens);
    DurationParser durations = new DurationParser(tokens, literals, nesting);
    this.modifiers = new ModifierParser(tokens, literals, durations, options);
    this.matchings = new MatchingParser(tokens, literals);
  }

  /**
   * Parses the text.
   *
   * @throws io.narthex.api.error.NarthexException with {@link
   *     io.narthex.api.query.QueryErrors#PARSE}
   */
  public static Expr parse(Source source, ParserOptions options) {
    return new Parser(source, options).whole();
  }

  private Expr whole() {
    if (tokens.is(TokenType.EOF)) {
      throw tokens.fail(0, "no expression found in input");
    }
    Expr expr = expression(1);
    tokens.require(TokenType.EOF);
    return expr;
  }

  private Expr expression(int minPrecedence) {
    nesting.enter(tokens.current().start());
    Expr lhs = unary();
    BinaryOp op = operator();
    while (op != null && op.precedence() >= minPrecedence) {
      nesting.grow(tokens.take().start());
      lhs = binary(lhs, op);
      op = operator();
    }
    nesting.leave();
    return lhs;
  }

  private Expr binary(Expr lhs, BinaryOp op) {
    boolean bool = tokens.takeIf(TokenType.BOOL);
    Matching matching = matchings.matching();
    Expr rhs = expression(op.isRightAssociative() ? op.precedence() : op.precedence() + 1);
    if (matching.fills() && !options.fill()) {
      throw tokens.fail(
          lhs.span().start(), "binop fill modifiers are experimental and not enabled");
    }
    return new Binary(op, lhs, rhs, bool, matching);
  }

  private @Nullable BinaryOp operator() {
    return switch (tokens.type()) {
      case OR -> BinaryOp.OR;
      case AND -> BinaryOp.AND;
      case UNLESS -> BinaryOp.UNLESS;
      case EQUALS -> BinaryOp.EQUAL;
      case NOT_EQUAL -> BinaryOp.NOT_EQUAL;
      case LESS -> BinaryOp.LESS;
      case LESS_EQUAL -> BinaryOp.LESS_EQUAL;
      case GREATER -> BinaryOp.GREATER;
      case GREATER_EQUAL -> BinaryOp.GREATER_EQUAL;
      case TRIM_UPPER -> BinaryOp.TRIM_UPPER;
      case TRIM_LOWER -> BinaryOp.TRIM_LOWER;
      case ADD -> BinaryOp.ADD;
      case SUB -> BinaryOp.SUB;
      case MUL -> BinaryOp.MUL;
      case DIV -> BinaryOp.DIV;
      case MOD -> BinaryOp.MOD;
      case ATAN2 -> BinaryOp.ATAN2;
      case POW -> BinaryOp.POW;
      default -> null;
    };
  }

  private Expr unary() {
    if (!tokens.is(TokenType.ADD) && !tokens.is(TokenType.SUB)) {
      return modifiers.modified(primary());
    }
    Token sign = tokens.take();
    Expr operand = expression(BinaryOp.POW.precedence());
    if (operand instanceof NumberLiteral n) {
      return Literals.signed(sign, n);
    }
    Span span = new Span(sign.start(), operand.span().end());
    return new Unary(sign.type() == TokenType.SUB, operand, span);
  }

  private Expr primary() {
    Token first = tokens.current();
    switch (first.type()) {
      case NUMBER, DURATION -> {
        return literals.read();
      }
      case STRING -> {
        tokens.take();
        return new StringLiteral(GoText.unquote(first.text()), first.span());
      }
      case LEFT_PAREN -> {
        tokens.take();
        Expr inner = expression(1);
        Token close = tokens.require(TokenType.RIGHT_PAREN);
        return new Paren(inner, Span.over(first.span(), close.span()));
      }
      case LEFT_BRACE -> {
        return selectors.unnamed();
      }
      default -> {
        return named(first);
      }
    }
  }

  /** What begins with a word: a metric, a function call, an aggregation. */
  private Expr named(Token name) {
    if (!name.type().isMetricName()) {
      throw tokens.unexpected();
    }
    return switch (name.type()) {
      case IDENTIFIER, START, END, STEP, RANGE, MAX_OF, MIN_OF -> callOrSelector();
      default ->
          name.type().isAggregator() ? aggregateOrSelector() : selectors.selector(tokens.take());
    };
  }

  private Expr callOrSelector() {
    Token function = tokens.take();
    if (!tokens.is(TokenType.LEFT_PAREN)) {
      return selectors.selector(function);
    }
    List<Expr> arguments = arguments();
    FunctionSignature signature = Signatures.find(function.text());
    if (signature == null) {
      throw tokens.fail(
          function.start(), "unknown function with name " + GoText.quote(function.text()));
    }
    if (signature.experimental() && !options.functions()) {
      throw tokens.fail(
          function.start(), "function " + GoText.quote(function.text()) + " is not enabled");
    }
    return new Call(signature, arguments, new Span(function.start(), tokens.lastEnd()));
  }

  private Expr aggregateOrSelector() {
    Token name = tokens.take();
    return switch (tokens.type()) {
      case LEFT_PAREN, BY, WITHOUT -> aggregate(name);
      default -> selectors.selector(name);
    };
  }

  private Expr aggregate(Token name) {
    Tokens.Context outer = tokens.enter("aggregation", "");
    AggregateOp op = AggregateOp.valueOf(name.type().name());
    boolean without = tokens.is(TokenType.WITHOUT);
    List<String> grouping = List.of();
    boolean modifierFirst = isGroupingModifier();
    if (modifierFirst) {
      tokens.take();
      grouping = matchings.labels();
    }
    List<Expr> arguments = arguments();
    if (!modifierFirst && isGroupingModifier()) {
      without = tokens.take().type() == TokenType.WITHOUT;
      grouping = matchings.labels();
    }
    tokens.leave(outer);
    Span span = new Span(name.start(), tokens.lastEnd());
    checkArguments(op, arguments, span);
    Expr param = op.takesParameter() ? arguments.getFirst() : null;
    return new Aggregate(op, arguments.getLast(), param, grouping, without, span);
  }

  private boolean isGroupingModifier() {
    return tokens.is(TokenType.BY) || tokens.is(TokenType.WITHOUT);
  }

  private void checkArguments(AggregateOp op, List<Expr> arguments, Span span) {
    if (arguments.isEmpty()) {
      throw tokens.fail(span.start(), "no arguments for aggregate expression provided");
    }
    if (op.isExperimental() && !options.functions()) {
      throw tokens.fail(
          span.start(),
          op.spelling()
              + "() is experimental and must be enabled with"
              + " --enable-feature=promql-experimental-functions");
    }
    int wanted = op.takesParameter() ? 2 : 1;
    if (arguments.size() != wanted) {
      throw tokens.fail(
          span.start(),
          "wrong number of arguments for aggregate expression provided, expected %d, got %d"
              .formatted(wanted, arguments.size()));
    }
  }

  private List<Expr> arguments() {
    tokens.require(TokenType.LEFT_PAREN);
    List<Expr> arguments = new ArrayList<>();
    if (tokens.takeIf(TokenType.RIGHT_PAREN)) {
      return arguments;
    }
    arguments.add(expression(1));
    while (tokens.is(TokenType.COMMA)) {
      Token comma = tokens.take();
      if (!startsExpression()) {
        throw tokens.fail(comma.start(), "trailing commas not allowed in function call args");
      }
      arguments.add(expression(1));
    }
    tokens.require(TokenType.RIGHT_PAREN);
    return arguments;
  }

  private boolean startsExpression() {
    return switch (tokens.type()) {
      case NUMBER, DURATION, STRING, LEFT_PAREN, LEFT_BRACE, ADD, SUB -> true;
      default -> tokens.type().isMetricName();
    };
  }
}
