package io.narthex.alerting.internal;

import io.narthex.alerting.internal.dispatch.Dispatcher;
import io.narthex.alerting.internal.silence.Silences;
import java.time.Duration;

/**
 * What is kept at most.
 *
 * @param alerts how many alerts, and how many groups of them
 * @param silences how many silences, expired ones included
 * @param silenceBytes of texts in one silence
 * @param retention how long what is over is kept: expired silences, what was notified, resolved
 *     alerts that somebody could not be told
 */
record AlertingLimits(int alerts, int silences, int silenceBytes, Duration retention) {
  /** Upstream's {@code --data.retention}. */
  private static final Duration RETENTION = Duration.ofHours(120);

  private static final int ALERT_BYTES = 2048;
  private static final int SHARE_OF_HEAP = 8;
  private static final int FEWEST_ALERTS = 10_000;
  private static final int MOST_ALERTS = 1_000_000;

  /** Limits for a heap of so many bytes: alerts take no more than an eighth of it. */
  static AlertingLimits forHeap(long bytes) {
    long alerts = bytes / SHARE_OF_HEAP / ALERT_BYTES;
    return new AlertingLimits(
        Math.clamp(alerts, FEWEST_ALERTS, MOST_ALERTS), 50_000, 64 * 1024, RETENTION);
  }

  Silences.Limits ofSilences() {
    return new Silences.Limits(silences, silenceBytes, retention);
  }

  Dispatcher.Limits ofDispatcher() {
    return new Dispatcher.Limits(alerts, retention);
  }
}
