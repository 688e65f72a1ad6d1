package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.ast.BinaryOp;

/** What operators do with two numbers, in Go's definitions. */
final class Arithmetic {
  private Arithmetic() {}

  /** The result of an arithmetic operator; of a comparison, 1 or 0. */
  static double apply(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a % b;
      case POW -> pow(a, b);
      case ATAN2 -> StrictMath.atan2(a, b);
      default -> holds(op, a, b) ? 1 : 0;
    };
  }

  /** Whether a comparison holds. */
  static boolean holds(BinaryOp op, double a, double b) {
    return switch (op) {
      case EQUAL -> a == b;
      case NOT_EQUAL -> a != b;
      case LESS -> a < b;
      case LESS_EQUAL -> a <= b;
      case GREATER -> a > b;
      case GREATER_EQUAL -> a >= b;
      default -> throw new IllegalArgumentException("no comparison: " + op.spelling());
    };
  }

  private static double pow(double a, double b) {
    // Unlike Java's, Go's power of 1 is 1 whatever the exponent, and so is that of -1 to an
    // infinite one.
    boolean one = a == 1 || (a == -1 && Double.isInfinite(b));
    return one ? 1 : Math.pow(a, b);
  }
}
