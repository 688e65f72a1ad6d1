package io.narthex.alerting.internal;

import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The kinds of receivers that installed bundles declare in their manifests, whether the bundles run
 * or not.
 */
final class InstalledKinds {
  private static final String NAMESPACE = "io.narthex.contribution";

  private InstalledKinds() {}

  static Set<String> find(BundleContext context) {
    Set<String> kinds = new HashSet<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null) {
        for (BundleCapability capability : revision.getDeclaredCapabilities(NAMESPACE)) {
          if ("notifier".equals(capability.getAttributes().get("kind"))
              && capability.getAttributes().get("name") instanceof String name) {
            kinds.add(name);
          }
        }
      }
    }
    return kinds;
  }
}
