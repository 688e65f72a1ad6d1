package io.narthex.deployer.internal.http;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.osgi.framework.Bundle;

/** Sets the log level of a bundle: of the loggers named after its packages. */
final class BundleLogLevel {
  private static final Set<String> LEVELS = Set.of("debug", "info", "warn", "error");

  private final BiConsumer<String, String> logLevels;

  BundleLogLevel(BiConsumer<String, String> logLevels) {
    this.logLevels = logLevels;
  }

  /**
   * Sets the level.
   *
   * @param level {@code default} takes a level set before back
   * @return false if there is no such level
   */
  boolean set(Bundle bundle, String level) {
    if (!level.equals("default") && !LEVELS.contains(level)) {
      return false;
    }
    String backend = level.equals("default") ? "" : level.toUpperCase(Locale.ROOT);
    rootPackages(bundle).forEach(name -> logLevels.accept(name, backend));
    return true;
  }

  /** The packages of the bundle that lie in no other of its packages. */
  private static Set<String> rootPackages(Bundle bundle) {
    TreeSet<String> roots = new TreeSet<>();
    Enumeration<URL> classes = bundle.findEntries("/", "*.class", true);
    if (classes == null) {
      return roots;
    }
    TreeSet<String> packages = new TreeSet<>();
    for (URL url : Collections.list(classes)) {
      String path = url.getPath().substring(1);
      if (path.indexOf('/') > 0) {
        packages.add(path.substring(0, path.lastIndexOf('/')).replace('/', '.'));
      }
    }
    for (String name : packages) {
      if (roots.isEmpty() || !name.startsWith(roots.last() + ".")) {
        roots.add(name);
      }
    }
    return roots;
  }
}
