package io.narthex.pushgateway.internal.group;

import io.narthex.pushgateway.internal.exposition.MetricFamily;

/**
 * A family of a group.
 *
 * @param pushedMillis when it was pushed
 */
public record StoredFamily(long pushedMillis, MetricFamily family) {}
