package io.narthex.promql.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.query.ExpressionParser;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Printer;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.parser.Parser;
import io.narthex.promql.internal.parser.ParserOptions;
import io.narthex.promql.internal.plan.Support;
import io.narthex.promql.internal.plan.TypeCheck;
import io.narthex.promql.internal.source.Source;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Parses expressions for those who run them later. */
@Component
public final class ExpressionParserService implements ExpressionParser {
  private final ParserOptions options;

  /** A parser of the language as the server's features have it. */
  @Activate
  public ExpressionParserService(@Reference ServerFlags flags) {
    this(ParserOptions.of(flags.all("enable-feature")));
  }

  ExpressionParserService(ParserOptions options) {
    this.options = options;
  }

  @Override
  public ParsedExpression parse(String expression) {
    Source source = new Source(expression);
    Expr expr = Parser.parse(source, options);
    TypeCheck.check(source, expr);
    return new ParsedExpression(Printer.print(expr), type(expr.type()), unsupported(source, expr));
  }

  private static Optional<String> unsupported(Source source, Expr expr) {
    try {
      Support.check(source, expr);
      return Optional.empty();
    } catch (NarthexException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ExpressionType type(ValueType type) {
    return switch (type) {
      case SCALAR -> ExpressionType.SCALAR;
      case VECTOR -> ExpressionType.INSTANT_VECTOR;
      case MATRIX -> ExpressionType.RANGE_VECTOR;
      case STRING -> ExpressionType.STRING;
    };
  }
}
