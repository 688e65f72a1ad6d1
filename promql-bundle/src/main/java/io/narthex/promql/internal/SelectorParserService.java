package io.narthex.promql.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.SelectorParser;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Selectors;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.lexer.Lexer;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.parser.Parser;
import io.narthex.promql.internal.parser.ParserOptions;
import io.narthex.promql.internal.plan.TypeCheck;
import io.narthex.promql.internal.source.Source;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Parses selectors with the parser of whole expressions. That one takes more than a selector, so
 * this finds where a selector ends, and refuses what comes behind as upstream does.
 */
@Component
public final class SelectorParserService implements SelectorParser {
  private final ParserOptions options;

  /** A parser of the language as the server's features have it. */
  @Activate
  public SelectorParserService(@Reference ServerFlags flags) {
    this(ParserOptions.of(flags.all("enable-feature")));
  }

  SelectorParserService(ParserOptions options) {
    this.options = options;
  }

  @Override
  public List<Matcher> parse(String selector) {
    Source source = new Source(selector);
    Lexer lexer = new Lexer(source);
    Token first = lexer.next();
    boolean named = first.type().isMetricName();
    if (!named && first.type() != TokenType.LEFT_BRACE) {
      throw unexpected(source, first);
    }
    Token second = named ? lexer.next() : first;
    if (second.type() != TokenType.LEFT_BRACE) {
      requireEnd(source, second);
      return matchers(source);
    }
    int end = endOfBraces(lexer, source);
    List<Matcher> matchers = matchers(new Source(selector.substring(0, end)));
    requireEnd(source, lexer.next());
    return matchers;
  }

  @Override
  public List<List<Matcher>> selectors(String expression) {
    Source source = new Source(expression);
    Expr expr = Parser.parse(source, options);
    TypeCheck.check(source, expr);
    return Selectors.in(expr).stream().map(VectorSelector::matchers).toList();
  }

  /** Where the braces close; an error in them is the one that the parser finds first. */
  private static int endOfBraces(Lexer lexer, Source source) {
    try {
      Token token = lexer.next();
      while (token.type() != TokenType.RIGHT_BRACE && token.type() != TokenType.EOF) {
        token = lexer.next();
      }
      return token.end();
    } catch (NarthexException unreadable) {
      // The parser meets it too, or before it what does not fit.
      matchers(source);
      throw unreadable;
    }
  }

  private static List<Matcher> matchers(Source source) {
    if (Parser.parse(source, ParserOptions.STABLE) instanceof VectorSelector selector) {
      return selector.matchers();
    }
    throw source.parseError(0, "unexpected expression, expected a vector selector");
  }

  private static void requireEnd(Source source, Token token) {
    if (token.type() != TokenType.EOF) {
      throw unexpected(source, token);
    }
  }

  private static NarthexException unexpected(Source source, Token token) {
    return source.parseError(token.start(), "unexpected " + token.describe());
  }
}
