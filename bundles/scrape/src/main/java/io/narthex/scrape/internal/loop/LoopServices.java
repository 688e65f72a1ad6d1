package io.narthex.scrape.internal.loop;

import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.Decompression;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all loops share.
 *
 * @param storage gives the storage there is now, null while there is none
 * @param toleranceMillis how late a scrape may begin to get the time it was due
 */
public record LoopServices(
    Clock clock,
    Supplier<@Nullable Storage> storage,
    ByteSinks sinks,
    Decompression decompression,
    ScrapeMetrics metrics,
    long toleranceMillis) {}
