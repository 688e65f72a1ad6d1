package io.narthex.rules.internal.evaluate;

import io.narthex.api.time.Clock;
import io.narthex.rules.internal.send.AlertOutbox;
import io.narthex.rules.internal.series.AppenderLeases;
import java.time.Duration;

/**
 * What all groups share.
 *
 * @param leases of the appenders that groups hold
 * @param resendDelay how long after it was sent an alert is sent again
 */
public record GroupServices(
    Clock clock,
    RuleMetrics metrics,
    AppenderLeases leases,
    AlertOutbox outbox,
    Duration resendDelay,
    Restoration restoration) {}
