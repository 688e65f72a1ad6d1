package io.narthex.console.internal.access;

import io.narthex.api.time.Clock;
import io.narthex.console.internal.audit.AuditLog;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the server's log who was refused, at most once a second: whoever is refused could fill
 * every log. Guarded by its monitor.
 */
final class Refusals {
  private static final Logger logger = LoggerFactory.getLogger(Refusals.class);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Clock clock;
  private boolean any;
  private long saidNanos;
  private long unsaid;

  Refusals(Clock clock) {
    this.clock = clock;
  }

  /**
   * Says that somebody was refused, or counts it for the next line.
   *
   * @return whether it was said
   */
  synchronized boolean note(String user, String remote, String method, String path, String why) {
    long now = clock.monotonicNanos();
    if (any && now - saidNanos < PAUSE_NANOS) {
      unsaid++;
      return false;
    }
    logger
        .atWarn()
        .addKeyValue("user", AuditLog.shortened(user))
        .addKeyValue("remote", AuditLog.shortened(remote))
        .addKeyValue("method", AuditLog.shortened(method))
        .addKeyValue("path", AuditLog.shortened(path))
        .addKeyValue("err", why)
        .addKeyValue("unsaid", unsaid)
        .log("the console refused a request");
    any = true;
    saidNanos = now;
    unsaid = 0;
    return true;
  }

  /** How many were refused since the last line. */
  synchronized long unsaid() {
    return unsaid;
  }
}
