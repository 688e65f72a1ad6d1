package io.narthex.alerting.internal;

import io.narthex.api.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process around this bundle. When it began to alert is kept in a service of the framework
 * itself, which outlives this bundle: so an update of the bundle is told from a start of the
 * server.
 */
final class ServerProcess {
  private static final Logger logger = LoggerFactory.getLogger(ServerProcess.class);

  /** System property that tells the launcher the process's exit code. */
  private static final String EXIT_CODE = "narthex.exit.code";

  /** System property that tells why, for the last line of the log. */
  private static final String EXIT_REASON = "narthex.exit.reason";

  private static final String ROLE = "narthex.role";
  private static final String STARTED = "narthex.alerting-started";

  private final BundleContext context;
  private final boolean firstStart;
  private final Instant startedAt;

  ServerProcess(BundleContext context, Clock clock) {
    this.context = context;
    BundleContext framework = context.getBundle(0).getBundleContext();
    Collection<ServiceReference<Instant>> known = known(framework);
    this.firstStart = known.isEmpty();
    if (firstStart) {
      this.startedAt = Instant.ofEpochMilli(clock.wallMillis());
      framework.registerService(Instant.class, startedAt, new Hashtable<>(Map.of(ROLE, STARTED)));
    } else {
      this.startedAt = framework.getService(known.iterator().next());
    }
  }

  private static Collection<ServiceReference<Instant>> known(BundleContext framework) {
    try {
      return framework.getServiceReferences(Instant.class, "(%s=%s)".formatted(ROLE, STARTED));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the filter is well formed", e);
    }
  }

  /** Whether this bundle starts for the first time in this process. */
  boolean isFirstStart() {
    return firstStart;
  }

  /** When it did. */
  Instant startedAt() {
    return startedAt;
  }

  /** The kinds of receivers that installed bundles provide. */
  Set<String> installedKinds() {
    return InstalledKinds.find(context);
  }

  /**
   * Ends the process with exit code 1.
   *
   * @param problems what is wrong with the configuration
   */
  void fail(List<String> problems) {
    logger.error("the alerting configuration has {} error(s); the server stops", problems.size());
    System.setProperty(
        EXIT_REASON,
        "the alerting configuration has %d error(s), the first: %s"
            .formatted(problems.size(), problems.getFirst()));
    System.setProperty(EXIT_CODE, "1");
    try {
      context.getBundle(0).stop();
    } catch (BundleException stop) {
      logger.error("the framework could not be stopped", stop);
    }
  }
}
