package io.narthex.console.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles of the web console: those in the folder {@code console} of the installation. They are
 * installed only when they are wanted, since they would be a third of the product's memory.
 */
final class ConsoleBundles {
  private static final Logger logger = LoggerFactory.getLogger(ConsoleBundles.class);

  private final BundleContext context;
  private final List<Bundle> installed = new ArrayList<>();

  ConsoleBundles(BundleContext context) {
    this.context = context;
  }

  /**
   * Installs and starts all of them.
   *
   * @param properties read by them as they start
   */
  void start(Path folder, Map<String, String> properties) throws IOException, BundleException {
    properties.forEach(System::setProperty);
    for (Path jar : jars(folder)) {
      installed.add(context.installBundle("reference:" + jar.toUri()));
    }
    for (Bundle bundle : installed) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start(Bundle.START_TRANSIENT);
      }
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Takes them away again, the last one first. */
  void stop() {
    for (Bundle bundle : installed.reversed()) {
      try {
        bundle.uninstall();
      } catch (BundleException | IllegalStateException e) {
        logger
            .atWarn()
            .addKeyValue("bundle", bundle.getSymbolicName())
            .addKeyValue("err", e.getMessage())
            .log("a bundle of the console cannot be taken away");
      }
    }
    installed.clear();
  }
}
