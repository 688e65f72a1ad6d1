package io.narthex.templates.internal.execute;

import io.narthex.templates.internal.function.Functions;
import io.narthex.templates.internal.syntax.Definition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Templates that refer to each other. Immutable.
 *
 * @param html whether values are escaped
 */
public record Program(Map<String, Definition> definitions, Functions functions, boolean html) {
  /** Copies the map. */
  public Program {
    definitions = Map.copyOf(definitions);
  }

  @Nullable Definition definition(String name) {
    return definitions.get(name);
  }
}
