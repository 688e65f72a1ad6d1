package io.narthex.templates.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateContext;
import io.narthex.templates.internal.execute.Executor;
import io.narthex.templates.internal.execute.Program;
import io.narthex.templates.internal.syntax.Definition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template that was parsed.
 *
 * @param named whether errors of execution say first which template it was
 */
record CompiledTemplate(Program program, String name, boolean named) implements Template {
  @Override
  public String expand(@Nullable Object data, TemplateContext context) {
    Definition definition = Objects.requireNonNull(program.definitions().get(name));
    try {
      return Executor.run(program, definition, data, context);
    } catch (NarthexException e) {
      if (!named) {
        throw e;
      }
      throw new NarthexException(
          e.code(), "error executing template %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
