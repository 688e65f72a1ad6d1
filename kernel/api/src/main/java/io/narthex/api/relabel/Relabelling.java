package io.narthex.api.relabel;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Compiles relabelling rules. May be used from any thread. */
@ProviderType
public interface Relabelling {
  /**
   * Compiles rules.
   *
   * @throws IllegalArgumentException if an expression does not compile; rules of a checked
   *     configuration do
   */
  Relabeller compile(List<RelabelRule> rules);
}
