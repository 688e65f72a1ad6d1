package io.narthex.templates.internal.function;

import org.jspecify.annotations.Nullable;

/** What a function does. */
@FunctionalInterface
public interface Body {
  /**
   * Computes the result.
   *
   * @param arguments of the number and types that the function declares
   * @throws io.narthex.templates.internal.value.TemplateFault with Go's text
   */
  @Nullable Object apply(Call call, @Nullable Object[] arguments);
}
