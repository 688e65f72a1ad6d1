package io.narthex.deployer.internal.bundles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What a jar's manifest says before anything of it is installed. */
final class BundleManifest {
  private static final Set<String> FRAMEWORK =
      Set.of("system.bundle", "org.apache.felix.framework");

  private BundleManifest() {}

  /** Why the jar is not even installed, or empty. */
  static Optional<String> refusal(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String host =
          manifest == null ? null : manifest.getMainAttributes().getValue("Fragment-Host");
      // The framework takes such a jar into itself, and restarts to get rid of it.
      boolean extension = host != null && FRAMEWORK.contains(host.split(";", 2)[0].trim());
      return extension
          ? Optional.of("it is an extension of the framework, which drop-ins may not be")
          : Optional.empty();
    }
  }
}
