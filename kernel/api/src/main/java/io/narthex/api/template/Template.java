package io.narthex.api.template;

import io.narthex.api.error.NarthexException;
import org.osgi.annotation.versioning.ProviderType;

/** A compiled template. Immutable; may be used from any thread. */
@ProviderType
public interface Template {
  /**
   * The most characters that an expansion may have; a longer one fails with {@link
   * TemplateErrors#EXECUTE}.
   */
  int MAX_OUTPUT = 4 * 1024 * 1024;

  /**
   * Expands the template. Values may be {@link String}, {@link Boolean}, {@link Long}, {@link
   * Double}, {@link java.time.Instant}, {@link java.util.List}, {@link java.util.SortedMap} with
   * texts as keys, {@link TemplateObject}, and {@code null} for nothing.
   *
   * @param data what the dot is
   * @throws NarthexException with {@link TemplateErrors#EXECUTE}; its message is worded as
   *     upstream's
   */
  String expand(@org.jspecify.annotations.Nullable Object data, TemplateContext context);
}
