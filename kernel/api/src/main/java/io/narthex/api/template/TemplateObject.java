package io.narthex.api.template;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A value with fields and methods, such as the alerts of a notification. Immutable.
 *
 * <p>Two methods mean something to the engine, as in Go: {@code String} gives how the object is
 * printed, {@code MarshalJSON} what it is as JSON (a map keeps its order, a {@code LinkedHashMap}
 * for example). Without them it is what {@link #whole} says.
 */
@ConsumerType
public interface TemplateObject {
  /** The name of Go's type, for errors, for example {@code template.Alert}. */
  String typeName();

  /** Whether there is a field or method of this name. */
  boolean has(String member);

  /**
   * The value of a field, or what a method gives for the arguments.
   *
   * @param member one that this has
   * @param arguments empty for a field
   * @throws IllegalArgumentException if the method cannot take the arguments; the message says why
   */
  @Nullable Object get(String member, List<Object> arguments);

  /**
   * What the object is when it is printed, ranged over, measured or tested as a whole: one of the
   * other kinds of values; empty if it is only its fields.
   */
  default Optional<Object> whole() {
    return Optional.empty();
  }
}
