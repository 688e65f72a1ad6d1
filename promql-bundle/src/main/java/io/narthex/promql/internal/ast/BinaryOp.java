package io.narthex.promql.internal.ast;

/** The operators between two expressions. */
public enum BinaryOp {
  OR("or", 1, Kind.SET),
  AND("and", 2, Kind.SET),
  UNLESS("unless", 2, Kind.SET),
  EQUAL("==", 3, Kind.COMPARISON),
  NOT_EQUAL("!=", 3, Kind.COMPARISON),
  LESS("<", 3, Kind.COMPARISON),
  LESS_EQUAL("<=", 3, Kind.COMPARISON),
  GREATER(">", 3, Kind.COMPARISON),
  GREATER_EQUAL(">=", 3, Kind.COMPARISON),
  TRIM_UPPER("</", 3, Kind.TRIM),
  TRIM_LOWER(">/", 3, Kind.TRIM),
  ADD("+", 4, Kind.ARITHMETIC),
  SUB("-", 4, Kind.ARITHMETIC),
  MUL("*", 5, Kind.ARITHMETIC),
  DIV("/", 5, Kind.ARITHMETIC),
  MOD("%", 5, Kind.ARITHMETIC),
  ATAN2("atan2", 5, Kind.ARITHMETIC),
  POW("^", 6, Kind.ARITHMETIC);

  private enum Kind {
    SET,
    COMPARISON,
    TRIM,
    ARITHMETIC
  }

  private final String spelling;
  private final int precedence;
  private final Kind kind;

  BinaryOp(String spelling, int precedence, Kind kind) {
    this.spelling = spelling;
    this.precedence = precedence;
    this.kind = kind;
  }

  /** How it is written. */
  public String spelling() {
    return spelling;
  }

  /** How strongly it binds; from 1. */
  public int precedence() {
    return precedence;
  }

  /** Whether {@code a op b op c} means {@code a op (b op c)}. */
  public boolean isRightAssociative() {
    return this == POW;
  }

  /** {@code and}, {@code or}, {@code unless}. */
  public boolean isSet() {
    return kind == Kind.SET;
  }

  /** {@code ==} and the like. */
  public boolean isComparison() {
    return kind == Kind.COMPARISON;
  }

  /** Whether it computes with values, so that the result is another metric. */
  public boolean isArithmetic() {
    return kind == Kind.ARITHMETIC;
  }

  /** The buckets of a histogram above or below a value. */
  public boolean isTrim() {
    return kind == Kind.TRIM;
  }
}
