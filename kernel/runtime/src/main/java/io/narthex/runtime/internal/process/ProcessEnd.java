package io.narthex.runtime.internal.process;

import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when it cannot do what its command line asks for. Whoever else ends it for such
 * a reason sets the same system properties. The framework first finishes its start, which may log a
 * lot, so the reason is told once more at the end.
 */
@Component(service = ProcessEnd.class)
public final class ProcessEnd {
  private static final Logger logger = LoggerFactory.getLogger(ProcessEnd.class);

  /** System property with the process's exit code, for the launcher; set: the process ends. */
  private static final String EXIT_CODE = "narthex.exit.code";

  /** System property with the reason, in one line. */
  private static final String EXIT_REASON = "narthex.exit.reason";

  private final BundleContext context;
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Uses the context to reach the framework. */
  @Activate
  public ProcessEnd(BundleContext context) {
    this.context = context;
  }

  /**
   * Prints one line for the user and stops the framework, in the background; the exit status will
   * be 1.
   */
  public void fail(String message) {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    System.err.println("narthex: " + message);
    System.setProperty(EXIT_REASON, message);
    System.setProperty(EXIT_CODE, "1");
    try {
      context.getBundle(0).stop();
    } catch (BundleException e) {
      logger.atError().setCause(e).log("cannot stop in order");
    }
  }

  /**
   * Whether the process ends, or will as soon as it has started: what fails now may fail because of
   * that, and is of no use to the reader of the log.
   */
  public static boolean isUnderWay(BundleContext context) {
    return System.getProperty(EXIT_CODE) != null
        || context.getBundle(0).getState() == Bundle.STOPPING;
  }

  /** Tells the reason again, if there is one: this bundle is among the last that stop. */
  @Deactivate
  public void close() {
    String reason = System.getProperty(EXIT_REASON);
    if (reason != null) {
      logger.atError().addKeyValue("reason", reason).log("the server could not start");
    }
  }
}
