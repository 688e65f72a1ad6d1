package io.narthex.api.template;

import io.narthex.api.error.NarthexException;
import org.osgi.annotation.versioning.ProviderType;

/** Definitions that templates may refer to. Immutable; may be used from any thread. */
@ProviderType
public interface TemplateSet {
  /**
   * Compiles a text whose output is plain.
   *
   * @throws NarthexException with {@link TemplateErrors#PARSE}
   */
  Template text(TemplateSource source);

  /**
   * Compiles a text whose output is HTML: values are escaped unless they are marked as safe.
   *
   * @throws NarthexException with {@link TemplateErrors#PARSE}
   */
  Template html(TemplateSource source);
}
