package io.narthex.api.query;

import io.narthex.api.error.NarthexException;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Reads expressions where no query is run. May be used from any thread. */
@ProviderType
public interface ExpressionParser {
  /**
   * Parses an expression and checks its types.
   *
   * @throws NarthexException with {@link QueryErrors#PARSE}; its message begins with line and
   *     column in the expression
   */
  ParsedExpression parse(String expression);

  /**
   * What was parsed.
   *
   * @param text the expression on one line, as upstream prints it; parses to the same
   * @param unsupported why this version does not run it, although it is PromQL
   */
  record ParsedExpression(String text, ExpressionType type, Optional<String> unsupported) {}

  /** The type of an expression's value. */
  enum ExpressionType {
    SCALAR,
    INSTANT_VECTOR,
    RANGE_VECTOR,
    STRING
  }
}
