package io.narthex.tck.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs on the heap, for tests of what is built on logs. A store made from what another kept stands
 * for the next start. It can be told to fail, and to complete appends later and in another order
 * across partitions, by a seed, as a log on other machines does.
 */
public final class InMemoryLogStore implements LogStore {
  private static final int PARTITIONS = 2;

  private final Map<String, KeptLog> kept;
  private final Set<String> open = new HashSet<>();
  private final int partitions;
  private final long seed;
  private final Duration longestDelay;

  private int failures;
  private int successesBefore;

  /** An empty store of two partitions that completes each append at once. */
  public InMemoryLogStore() {
    this(new ConcurrentHashMap<>(), PARTITIONS, 0, Duration.ZERO);
  }

  private InMemoryLogStore(
      Map<String, KeptLog> kept, int partitions, long seed, Duration longestDelay) {
    this.kept = kept;
    this.partitions = partitions;
    this.seed = seed;
    this.longestDelay = longestDelay;
  }

  /**
   * An empty store that completes appends on a thread of its own. Those of a partition keep their
   * order; which partition is next, and when, is drawn from the seed.
   *
   * @param longestDelay of one append, above zero
   */
  public static InMemoryLogStore delayed(long seed, int partitions, Duration longestDelay) {
    if (partitions < 1 || longestDelay.isNegative() || longestDelay.isZero()) {
      throw new IllegalArgumentException(
          "a store has partitions and a delay above zero, got %d, %s"
              .formatted(partitions, longestDelay));
    }
    return new InMemoryLogStore(new ConcurrentHashMap<>(), partitions, seed, longestDelay);
  }

  /** The store of the next start, of the same kind. */
  public InMemoryLogStore next() {
    return new InMemoryLogStore(kept, partitions, seed + 1, longestDelay);
  }

  /** Makes some of the appends that complete next fail, as if the disk were full. */
  public synchronized void failAppends(int afterSuccesses, int count) {
    successesBefore = afterSuccesses;
    failures = count;
  }

  /** Whether the append that completes now fails. */
  synchronized boolean fails() {
    if (successesBefore > 0) {
      successesBefore--;
      return false;
    }
    if (failures > 0) {
      failures--;
      return true;
    }
    return false;
  }

  @Override
  public synchronized DurableLog open(String name) {
    if (!name.matches("[a-z0-9-]+")) {
      throw new NarthexException(LogErrors.OPEN, "no name of a log: \"%s\"".formatted(name));
    }
    if (!open.add(name)) {
      throw new NarthexException(LogErrors.OPEN, "the log \"%s\" is open already".formatted(name));
    }
    KeptLog log = kept.computeIfAbsent(name, n -> new KeptLog(partitions));
    Delays delays =
        longestDelay.isZero()
            ? Delays.NONE
            : new SeededDelays(partitions, new Random(seed + name.hashCode()), longestDelay);
    return new InMemoryLog(log, delays, this::fails, () -> closed(name));
  }

  private synchronized void closed(String name) {
    open.remove(name);
  }
}
