package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.ANY;

import io.narthex.templates.internal.value.Comparison;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.List;

/** {@code eq ne lt le gt ge not}. */
final class ComparisonFunctions {
  private ComparisonFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.variadic("eq", (call, a) -> equalsAny(a), ANY, ANY),
        Function.of("ne", (call, a) -> !Comparison.equal(a[0], a[1]), ANY, ANY),
        Function.of("lt", (call, a) -> Comparison.less(a[0], a[1]), ANY, ANY),
        Function.of("le", (call, a) -> Comparison.lessOrEqual(a[0], a[1]), ANY, ANY),
        Function.of("gt", (call, a) -> !Comparison.lessOrEqual(a[0], a[1]), ANY, ANY),
        Function.of("ge", (call, a) -> !Comparison.less(a[0], a[1]), ANY, ANY),
        Function.of("not", (call, a) -> !Kind.truth(a[0]), ANY));
  }

  private static boolean equalsAny(@org.jspecify.annotations.Nullable Object[] arguments) {
    if (arguments.length == 1) {
      throw new TemplateFault("missing argument for comparison");
    }
    for (int i = 1; i < arguments.length; i++) {
      if (Comparison.equal(arguments[0], arguments[i])) {
        return true;
      }
    }
    return false;
  }
}
