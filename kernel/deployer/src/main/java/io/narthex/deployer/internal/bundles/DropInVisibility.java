package io.narthex.deployer.internal.bundles;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Component;

/**
 * What a drop-in may import: the JDK's public packages, Narthex' API and SPI, slf4j, the OSGi
 * service APIs, Vert.x for route providers, and what drop-ins export themselves. The libraries that
 * Narthex runs on are hidden, so that they can be replaced (design decision 14).
 */
@Component(immediate = true)
public final class DropInVisibility implements ResolverHookFactory, ResolverHook {
  private static final List<String> VISIBLE =
      List.of("io.narthex.api.", "io.narthex.spi.", "io.vertx.", "org.osgi.", "org.slf4j");

  /** Requiring a bundle, or being its fragment, would give all that is in it. */
  private static final Set<String> WHOLE_BUNDLES =
      Set.of(BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE);

  @Override
  public ResolverHook begin(Collection<BundleRevision> triggers) {
    return this;
  }

  @Override
  public void filterMatches(
      BundleRequirement requirement, Collection<BundleCapability> candidates) {
    if (isDropIn(requirement.getRevision())) {
      candidates.removeIf(candidate -> !mayUse(candidate));
    }
  }

  private boolean mayUse(BundleCapability candidate) {
    BundleRevision provider = candidate.getRevision();
    if (isDropIn(provider)) {
      return true;
    }
    if (WHOLE_BUNDLES.contains(candidate.getNamespace())) {
      return false;
    }
    if (!candidate.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
      return true;
    }
    String name = String.valueOf(candidate.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
    if (provider.getBundle().getBundleId() == 0) {
      // The framework exports the JDK; its internals need an attribute that drop-ins must not name.
      return !candidate.getAttributes().containsKey("narthex.internals");
    }
    return VISIBLE.stream().anyMatch(name::startsWith);
  }

  private static boolean isDropIn(BundleRevision revision) {
    return revision.getBundle().getLocation().startsWith(DropIn.LOCATION);
  }

  @Override
  public void filterResolvable(Collection<BundleRevision> candidates) {
    // All may resolve.
  }

  @Override
  public void filterSingletonCollisions(
      BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
    // No opinion.
  }

  @Override
  public void end() {
    // Nothing is kept.
  }
}
