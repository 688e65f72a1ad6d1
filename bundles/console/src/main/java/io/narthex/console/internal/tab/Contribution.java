package io.narthex.console.internal.tab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Something that a bundle brings: a notifier, a discovery, a part of the server.
 *
 * @param state of the bundle, in a word
 */
record Contribution(String kind, String name, String bundle, String version, String state) {
  private static final String NAMESPACE = "io.narthex.contribution";

  /** Those of all bundles, by kind and name. */
  static List<Contribution> of(Bundle[] bundles) {
    List<Contribution> all = new ArrayList<>();
    for (Bundle bundle : bundles) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision == null) {
        continue;
      }
      for (BundleCapability capability : revision.getDeclaredCapabilities(NAMESPACE)) {
        all.add(
            new Contribution(
                String.valueOf(capability.getAttributes().get("kind")),
                String.valueOf(capability.getAttributes().get("name")),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                state(bundle)));
      }
    }
    all.sort(Comparator.comparing(Contribution::kind).thenComparing(Contribution::name));
    return all;
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.RESOLVED -> "stopped";
      default -> "unresolved";
    };
  }
}
