package io.narthex.runtime.internal.process;

import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process when it cannot do what its command line asks for. */
@Component(service = ProcessEnd.class)
public final class ProcessEnd {
  private static final Logger logger = LoggerFactory.getLogger(ProcessEnd.class);

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
    System.setProperty("narthex.exit.code", "1");
    try {
      context.getBundle(0).stop();
    } catch (BundleException e) {
      logger.atError().setCause(e).log("cannot stop in order");
    }
  }
}
