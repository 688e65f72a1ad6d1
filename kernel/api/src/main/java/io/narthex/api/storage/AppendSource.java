package io.narthex.api.storage;

/**
 * Who appends: a target, a rule group, a remote-write client. All that one source appends goes to
 * one log partition, so its transactions are in order.
 *
 * @param kind for example {@code scrape}
 * @param key tells the sources of a kind apart, and is stable over restarts
 */
public record AppendSource(String kind, String key) {}
