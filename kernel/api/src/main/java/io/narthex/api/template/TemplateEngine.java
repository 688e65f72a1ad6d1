package io.narthex.api.template;

import io.narthex.api.error.NarthexException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Compiles templates in the syntax of Go's {@code text/template}. May be used from any thread. */
@ProviderType
public interface TemplateEngine {
  /**
   * A set of named definitions ({@code {{ define "name" }}}) for the templates compiled with it.
   *
   * @param dialect which functions and variables there are
   * @param sources texts with definitions, later ones win; what stands outside of definitions is
   *     known by the source's name
   * @throws NarthexException with {@link TemplateErrors#PARSE}; its message is worded as
   *     upstream's, and names source, line and column
   */
  TemplateSet set(TemplateDialect dialect, List<TemplateSource> sources);
}
