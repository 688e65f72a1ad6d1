package io.narthex.api.relabel;

import io.narthex.api.model.Labels;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Compiled rules. It holds no state that changes; may be used from any thread. */
@ProviderType
public interface Relabeller {
  /**
   * Applies the rules in order.
   *
   * @return the labels as the rules leave them, or null if a rule drops them
   */
  @Nullable Labels apply(Labels labels);
}
