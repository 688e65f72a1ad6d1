package io.narthex.rules.internal.evaluate;

import io.narthex.api.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the loops of all groups share.
 *
 * @param threads where groups are evaluated; may reject
 * @param means what an evaluation works with; empty while something is away
 * @param owned whether this process is the one to evaluate a group, by its key
 */
public record LoopServices(
    Clock clock,
    Alarms alarms,
    Executor threads,
    Supplier<Optional<Means>> means,
    Predicate<String> owned) {}
