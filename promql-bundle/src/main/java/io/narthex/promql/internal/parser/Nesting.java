package io.narthex.promql.internal.parser;

/**
 * Limits how deep an expression nests and how long its chains of operators are, so that no text can
 * exhaust the stack of the thread that parses, checks, prints or runs it. Upstream has no such
 * limit, since Go's stacks grow.
 */
final class Nesting {
  static final int MAX_DEPTH = 400;
  static final int MAX_CHAIN = 1500;

  private final Tokens tokens;
  private int depth;
  private int chained;

  Nesting(Tokens tokens) {
    this.tokens = tokens;
  }

  void enter(int offset) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw tokens.fail(
          offset, "expression nested too deeply, at most %d levels".formatted(MAX_DEPTH));
    }
  }

  void leave() {
    depth--;
  }

  void grow(int offset) {
    chained++;
    if (chained > MAX_CHAIN) {
      throw tokens.fail(offset, "too many operators, at most %d".formatted(MAX_CHAIN));
    }
  }
}
