package io.narthex.scrape.internal.loop;

import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.Fetcher;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all loops share.
 *
 * @param ingest runs the parsing and appending
 * @param storage gives the storage there is now, null while there is none
 */
public record LoopServices(
    Clock clock,
    ScheduledExecutorService scheduler,
    Executor ingest,
    Fetcher fetcher,
    Supplier<@Nullable Storage> storage,
    ByteSinks sinks,
    ScrapeMetrics metrics) {}
