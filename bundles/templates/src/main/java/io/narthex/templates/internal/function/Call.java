package io.narthex.templates.internal.function;

import io.narthex.api.template.TemplateContext;
import org.jspecify.annotations.Nullable;

/** What functions reach besides their arguments. */
public interface Call {
  /** What the caller of the template gave. */
  TemplateContext context();

  /** Counts work, so that a template comes to an end. */
  void spend(long steps);

  /** Expands another template of the set. */
  String expand(String template, @Nullable Object data);
}
