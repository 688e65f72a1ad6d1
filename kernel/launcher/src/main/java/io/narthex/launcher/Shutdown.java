package io.narthex.launcher;

import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Turns SIGTERM and SIGINT into an orderly stop with exit status 0, as upstream's, and bounds the
 * time it takes.
 */
final class Shutdown {
  private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);

  /** Orchestrators send SIGKILL after ten seconds or more; by then all must be over. */
  private static final long LIMIT_MILLIS = 5_000;

  private Shutdown() {}

  static void onSignals(FrameworkHost host) {
    Signal.handle(new Signal("TERM"), signal -> begin(host, signal));
    Signal.handle(new Signal("INT"), signal -> begin(host, signal));
  }

  private static void begin(FrameworkHost host, Signal signal) {
    logger
        .atWarn()
        .addKeyValue("signal", "SIG" + signal.getName())
        .log("received a signal, stopping");
    Thread watch = new Thread(() -> stopWithin(host), "narthex-shutdown");
    watch.setDaemon(true);
    watch.start();
  }

  private static void stopWithin(FrameworkHost host) {
    try {
      host.stop();
      if (!host.waitForStop(LIMIT_MILLIS)) {
        logger
            .atError()
            .log(
                "not all bundles stopped within 5 s, leaving without them; no acknowledged sample is lost");
        Runtime.getRuntime().halt(StartFailure.FAILED);
      }
    } catch (BundleException | InterruptedException e) {
      logger.atError().setCause(e).log("cannot stop in order, leaving");
      Runtime.getRuntime().halt(StartFailure.FAILED);
    }
  }
}
