package io.narthex.spi.discovery;

import io.narthex.api.section.Section;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A mechanism of service discovery. Register it as an OSGi service with the property {@link
 * #MECHANISM}, from an immediate component, and declare it in the manifest: {@code
 * Provide-Capability: io.narthex.contribution;kind=discovery;name=<mechanism>}. It then owns the
 * key {@code <mechanism>_sd_configs} of scrape configs.
 *
 * <p>Its methods are called inside the plug-in guard, on threads of its own bundle. The factory and
 * what it creates may use threads of its own, from its {@link io.narthex.api.scope.BundleScope}.
 */
@ConsumerType
public interface DiscoveryFactory {
  /** Service property, mandatory: the mechanism's name, lower case, for example {@code file}. */
  String MECHANISM = "narthex.discovery.mechanism";

  /**
   * Reads one entry of {@code <mechanism>_sd_configs}. Reports to the section what is wrong with
   * it; what is returned then is thrown away. Keys it does not ask for are refused by the caller.
   * Called to check configurations as well: it has no effect outside before {@link
   * Discovery#start}.
   */
  Discovery create(Section section);
}
