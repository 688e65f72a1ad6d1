package io.narthex.deployer.internal.bundles;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of the classes of a bundle's version before. The framework does so on a thread of its own
 * and holds its global lock meanwhile; a bundle that starts then is refused ("Unable to acquire
 * global lock for resolve"). So this waits until the framework is done.
 */
final class Refresh {
  private static final Logger logger = LoggerFactory.getLogger(Refresh.class);

  private final FrameworkWiring wiring;
  private final Duration limit;

  /** Waits at most this long for one refresh. */
  Refresh(BundleContext context, Duration limit) {
    this.wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    this.limit = limit;
  }

  /** Refreshes the bundle and those wired to it; returns when that is done, or takes too long. */
  void of(Bundle bundle) {
    CountDownLatch done = new CountDownLatch(1);
    wiring.refreshBundles(
        List.of(bundle),
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            done.countDown();
          }
        });
    try {
      if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        logger
            .atWarn()
            .addKeyValue("bundle", bundle.getSymbolicName())
            .addKeyValue("limit", limit)
            .log("the framework has not let go of the version before in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
