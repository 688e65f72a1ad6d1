package io.narthex.config.internal;

import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The mechanisms of service discovery that installed bundles declare in their manifests, whether
 * the bundles run or not.
 */
final class InstalledMechanisms {
  private static final String NAMESPACE = "io.narthex.contribution";

  private InstalledMechanisms() {}

  static Set<String> find(BundleContext context) {
    Set<String> mechanisms = new HashSet<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null) {
        for (BundleCapability capability : revision.getDeclaredCapabilities(NAMESPACE)) {
          if ("discovery".equals(capability.getAttributes().get("kind"))
              && capability.getAttributes().get("name") instanceof String name) {
            mechanisms.add(name);
          }
        }
      }
    }
    return mechanisms;
  }
}
