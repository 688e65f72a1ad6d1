package io.narthex.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** Passes SIGHUP on to the bundles: the configuration is read anew. */
final class Hangup {
  private static final Logger logger = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  static void onSignal(FrameworkHost host) {
    Signal.handle(new Signal("HUP"), signal -> pass(host));
  }

  private static void pass(FrameworkHost host) {
    try {
      if (host.signal("HUP") == 0) {
        logger.warn("received SIGHUP, but no part of the server that reloads is there");
      }
    } catch (RuntimeException e) {
      // Thrown here it would end the thread that delivers signals.
      logger.atError().setCause(e).log("SIGHUP could not be passed on");
    }
  }
}
