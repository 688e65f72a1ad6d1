package io.narthex.templates.internal.function;

import io.narthex.templates.internal.value.GoDuration;
import io.narthex.templates.internal.value.GoFloats;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.TemplateFault;
import org.jspecify.annotations.Nullable;

/** Values as numbers. */
final class Numbers {
  private Numbers() {}

  /**
   * A value as a number.
   *
   * @throws TemplateFault if it is none
   */
  static double of(@Nullable Object value) {
    return switch (value) {
      case Double number -> number;
      case Long number -> number;
      case String text -> GoFloats.parse(text);
      case GoDuration duration when !duration.pointer() -> duration.seconds();
      case null, default ->
          throw new TemplateFault("can't convert %s to float".formatted(Kind.typeName(value)));
    };
  }
}
