package io.narthex.launcher;

import io.narthex.launcher.logging.LogLevels;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework with the bundles of {@code system/}. A bundle's start level is the name of its
 * folder there; jars are used where they lie, and the framework's cache is emptied at every start,
 * so nothing in it can be stale.
 */
final class FrameworkHost {
  private static final Logger logger = LoggerFactory.getLogger(FrameworkHost.class);

  private final Framework framework;

  private FrameworkHost(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts the framework and all bundles.
   *
   * @param initialised is given the host before the first bundle starts, to take care of signals
   */
  static FrameworkHost start(
      Path home, Path cache, Map<String, String> properties, Consumer<FrameworkHost> initialised)
      throws BundleException, IOException {
    Map<String, Object> all = new HashMap<>(properties);
    all.putAll(FrameworkProperties.FIXED);
    all.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    all.put(FelixConstants.LOG_LOGGER_PROP, new FrameworkLog());
    all.put(FelixConstants.LOG_LEVEL_PROP, "2");
    Framework framework = new FrameworkFactory().newFramework(all);
    framework.init();
    FrameworkHost host = new FrameworkHost(framework);
    initialised.accept(host);
    BundleContext context = framework.getBundleContext();
    context.addFrameworkListener(FrameworkHost::report);
    context.registerService(
        BiConsumer.class, new LogLevels(), new Hashtable<>(Map.of("narthex.role", LogLevels.ROLE)));
    for (Bundle bundle : install(context, home.resolve("system"))) {
      if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
    framework.start();
    return host;
  }

  private static List<Bundle> install(BundleContext context, Path system)
      throws IOException, BundleException {
    List<Bundle> bundles = new ArrayList<>();
    for (Path level : entries(system, "*")) {
      for (Path jar : entries(level, "*.jar")) {
        Bundle bundle = context.installBundle("reference:" + jar.toUri());
        bundle
            .adapt(BundleStartLevel.class)
            .setStartLevel(Integer.parseInt(level.getFileName().toString()));
        bundles.add(bundle);
      }
    }
    return bundles;
  }

  private static List<Path> entries(Path folder, String glob) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
      return StreamSupport.stream(stream.spliterator(), false)
          .sorted()
          .collect(Collectors.toList());
    }
  }

  private static void report(FrameworkEvent event) {
    Throwable why = event.getThrowable();
    // What a service's factory throws is the business of who asked for the service, and is said
    // there.
    if (event.getType() == FrameworkEvent.ERROR && !(why instanceof ServiceException)) {
      logger
          .atError()
          .addKeyValue("bundle", event.getBundle().getSymbolicName())
          .addKeyValue("err", why == null ? "unknown" : why.getMessage())
          .log("bundle cannot start");
    }
  }

  /**
   * Runs what bundles registered for a signal: services of type {@link Runnable} with the property
   * {@code narthex.signal}. They return soon.
   *
   * @param signal for example {@code HUP}
   * @return how many there were
   */
  int signal(String signal) {
    BundleContext context = framework.getBundleContext();
    int count = 0;
    try {
      for (ServiceReference<Runnable> reference :
          context.getServiceReferences(Runnable.class, "(narthex.signal=" + signal + ")")) {
        Runnable task = context.getService(reference);
        if (task != null) {
          task.run();
          context.ungetService(reference);
          count++;
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("not the name of a signal: " + signal, e);
    }
    return count;
  }

  /** Begins to stop all bundles; returns at once. */
  void stop() throws BundleException {
    framework.stop();
  }

  /**
   * Waits until all is stopped.
   *
   * @param millis at most this long; 0 for ever
   * @return whether it is stopped
   */
  boolean waitForStop(long millis) throws InterruptedException {
    return framework.waitForStop(millis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
  }
}
