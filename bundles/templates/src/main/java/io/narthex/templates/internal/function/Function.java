package io.narthex.templates.internal.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of templates.
 *
 * @param variadic whether the last parameter may be there any number of times
 */
public record Function(String name, List<Parameter> parameters, boolean variadic, Body body) {
  /** A function with so many arguments. */
  public static Function of(String name, Body body, Parameter... parameters) {
    return new Function(name, List.of(parameters), false, body);
  }

  /** A function whose last parameter may be there any number of times. */
  public static Function variadic(String name, Body body, Parameter... parameters) {
    return new Function(name, List.of(parameters), true, body);
  }

  /** A function of one text. */
  public static Function text(
      String name, java.util.function.Function<String, @Nullable Object> body) {
    return of(name, (call, arguments) -> body.apply(text(arguments[0])), Parameter.TEXT);
  }

  /** The least number of arguments. */
  public int least() {
    return variadic ? parameters.size() - 1 : parameters.size();
  }

  /** The type of the argument at an index. */
  public Parameter parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  /** An argument that was declared as a text. */
  static String text(@Nullable Object argument) {
    return String.valueOf(argument);
  }
}
