package io.narthex.promql.internal.parser;

import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.ast.Subquery;
import io.narthex.promql.internal.ast.Timing;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * Parses what may follow an expression: ranges, subqueries, {@code offset}, {@code @}, extensions.
 */
final class ModifierParser {
  private static final String A_DURATION = "number, duration, step(), or range()";
  private static final String NEEDS_SELECTOR =
      " modifier must be preceded by an instant vector selector or range vector selector or a"
          + " subquery";

  private final Tokens tokens;
  private final Literals literals;
  private final DurationParser durations;
  private final ParserOptions options;

  ModifierParser(
      Tokens tokens, Literals literals, DurationParser durations, ParserOptions options) {
    this.tokens = tokens;
    this.literals = literals;
    this.durations = durations;
    this.options = options;
  }

  /** The expression with all modifiers that follow it. */
  Expr modified(Expr expr) {
    Expr result = expr;
    while (true) {
      switch (tokens.type()) {
        case LEFT_BRACKET -> result = bracket(result);
        case OFFSET -> result = offset(result);
        case AT -> result = at(result);
        case ANCHORED -> result = extended(result, VectorSelector.Extension.ANCHORED);
        case SMOOTHED -> result = extended(result, VectorSelector.Extension.SMOOTHED);
        default -> {
          return result;
        }
      }
    }
  }

  private Expr bracket(Expr expr) {
    Token open = tokens.take();
    Tokens.Context outer = tokens.enter("subquery or range selector", A_DURATION);
    DurationExpr range = durations.positive();
    tokens.enter("subquery or range", "\":\" or \"]\"");
    Expr result;
    if (tokens.takeIf(TokenType.COLON)) {
      result = subquery(expr, range);
    } else {
      tokens.require(TokenType.RIGHT_BRACKET);
      result = matrix(expr, range, open);
    }
    tokens.leave(outer);
    return result;
  }

  private Expr subquery(Expr expr, DurationExpr range) {
    DurationExpr step = null;
    if (!tokens.is(TokenType.RIGHT_BRACKET)) {
      tokens.enter("subquery selector", "number, duration, step(), range(), or \"]\"");
      step = durations.positive();
      tokens.enter("subquery selector", "\"]\"");
    }
    tokens.require(TokenType.RIGHT_BRACKET);
    return new Subquery(
        expr,
        fixedMillis(range),
        computed(range),
        step == null ? 0 : fixedMillis(step),
        step == null ? null : computed(step),
        Timing.PLAIN,
        new Span(expr.span().start(), tokens.lastEnd()));
  }

  private Expr matrix(Expr expr, DurationExpr range, Token open) {
    if (!(expr instanceof VectorSelector selector)) {
      throw tokens.fail(open.start(), "ranges only allowed for vector selectors");
    }
    if (selector.timing().hasOffset()) {
      throw tokens.fail(open.start(), "no offset modifiers allowed before range");
    }
    if (selector.timing().isPinned()) {
      throw tokens.fail(open.start(), "no @ modifiers allowed before range");
    }
    Span span = new Span(expr.span().start(), tokens.lastEnd());
    return new MatrixSelector(selector, fixedMillis(range), computed(range), span);
  }

  private Expr offset(Expr expr) {
    tokens.take();
    Tokens.Context outer = tokens.enter("offset", A_DURATION);
    DurationExpr offset = durations.offset();
    tokens.leave(outer);
    Timing timing = timing(expr);
    if (timing == null) {
      throw tokens.fail(expr.span().start(), "offset" + NEEDS_SELECTOR);
    }
    if (timing.hasOffset()) {
      throw tokens.fail(expr.span().start(), "offset may not be set multiple times");
    }
    return withTiming(expr, timing.withOffset(fixedMillis(offset), computed(offset)));
  }

  private Expr at(Expr expr) {
    tokens.take();
    int start = expr.span().start();
    Tokens.Context outer = tokens.enter("@", "timestamp");
    At at = time(start);
    tokens.leave(outer);
    Timing timing = timing(expr);
    if (timing == null) {
      throw tokens.fail(start, "@" + NEEDS_SELECTOR);
    }
    if (timing.isPinned()) {
      throw tokens.fail(start, "@ <timestamp> may not be set multiple times");
    }
    return withTiming(expr, timing.withAt(at));
  }

  private At time(int selectorStart) {
    if (!tokens.is(TokenType.START) && !tokens.is(TokenType.END)) {
      return new At.Time(literals.timestamp(selectorStart));
    }
    boolean start = tokens.take().type() == TokenType.START;
    tokens.require(TokenType.LEFT_PAREN);
    tokens.require(TokenType.RIGHT_PAREN);
    return start ? new At.QueryStart() : new At.QueryEnd();
  }

  private Expr extended(Expr expr, VectorSelector.Extension extension) {
    String name = tokens.take().type().spelling();
    int start = expr.span().start();
    if (!options.extendedRanges()) {
      throw tokens.fail(start, name + " modifier is experimental and not enabled");
    }
    return switch (expr) {
      case VectorSelector v -> {
        rejectBoth(v, extension);
        yield v.with(extension);
      }
      case MatrixSelector m -> {
        rejectBoth(m.selector(), extension);
        yield m.with(extension);
      }
      case Subquery s ->
          throw tokens.fail(start, name + " modifier is not supported for subqueries");
      default -> throw tokens.fail(start, name + " modifier not implemented");
    };
  }

  private void rejectBoth(VectorSelector selector, VectorSelector.Extension extension) {
    VectorSelector.Extension set = selector.extension();
    if (set != VectorSelector.Extension.NONE && set != extension) {
      throw tokens.fail(
          selector.span().start(), "anchored and smoothed modifiers cannot be used together");
    }
  }

  private static @Nullable Timing timing(Expr expr) {
    return switch (expr) {
      case VectorSelector v -> v.timing();
      case MatrixSelector m -> m.selector().timing();
      case Subquery s -> s.timing();
      default -> null;
    };
  }

  private Expr withTiming(Expr expr, Timing timing) {
    int end = tokens.lastEnd();
    return switch (expr) {
      case VectorSelector v -> v.with(timing, end);
      case MatrixSelector m -> m.with(timing, end);
      case Subquery s -> s.with(timing, end);
      default -> throw new IllegalStateException("no timing: " + expr);
    };
  }

  private static long fixedMillis(DurationExpr expr) {
    return expr instanceof NumberLiteral n
        ? (long) (n.value() * 1000 + Math.copySign(1e-7, n.value()))
        : 0;
  }

  private static @Nullable DurationExpr computed(DurationExpr expr) {
    return expr instanceof NumberLiteral ? null : expr;
  }
}
