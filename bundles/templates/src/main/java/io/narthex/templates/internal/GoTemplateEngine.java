package io.narthex.templates.internal;

import io.narthex.api.template.TemplateDialect;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import io.narthex.templates.internal.function.RegexCache;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Compiles templates, once; they keep what they need. */
@Component
public final class GoTemplateEngine implements TemplateEngine {
  private final Dialects dialects = new Dialects(new RegexCache());

  @Override
  public TemplateSet set(TemplateDialect dialect, List<TemplateSource> sources) {
    return CompiledSet.of(dialects.of(dialect), sources);
  }
}
