package io.narthex.promql.internal.ast;

import java.util.List;

/**
 * What a function takes and gives.
 *
 * @param variadic how many times the last argument may be repeated or, if 1 or more, be left out: 0
 *     takes exactly the arguments listed, a negative one any number more
 * @param experimental whether upstream has it behind a feature flag
 */
public record FunctionSignature(
    String name, List<ValueType> arguments, int variadic, ValueType result, boolean experimental) {
  /** Copies the list. */
  public FunctionSignature {
    arguments = List.copyOf(arguments);
  }
}
