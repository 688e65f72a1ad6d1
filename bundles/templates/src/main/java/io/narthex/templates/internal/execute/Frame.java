package io.narthex.templates.internal.execute;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.TemplateErrors;
import io.narthex.templates.internal.syntax.Definition;
import io.narthex.templates.internal.syntax.Node;
import io.narthex.templates.internal.value.GoQuote;
import org.jspecify.annotations.Nullable;

/** One template that runs: its variables, and where it is. */
final class Frame {
  private final Definition definition;
  private final Variables variables;
  private @Nullable Node at;

  Frame(Definition definition, @Nullable Object data) {
    this.definition = definition;
    this.variables = new Variables(data);
  }

  Variables variables() {
    return variables;
  }

  /** Notes where the template is, for errors. */
  void at(Node node) {
    at = node;
  }

  /** Whether the template has come to anything. */
  boolean started() {
    return at != null;
  }

  NarthexException error(String message) {
    if (at == null) {
      return new NarthexException(
          TemplateErrors.EXECUTE, "template: %s: %s".formatted(definition.name(), message));
    }
    return new NarthexException(
        TemplateErrors.EXECUTE,
        "template: %s: executing %s at <%s>: %s"
            .formatted(
                definition.source().location(at.position()),
                GoQuote.quote(definition.name()),
                at,
                message));
  }
}
