package io.narthex.example.exporter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * A pretended printer with a queue. It needs no thread: when it is looked at, it catches up with
 * what should have happened since. It stands for whatever your exporter is about. Safe for use by
 * several threads.
 */
final class Printer {
  /** Upper bounds of the printing times that are counted, in seconds. */
  static final double[] BOUNDS = {0.5, 1, 2, 5};

  private static final long TICK_NANOS = 100_000_000;

  /** Catches up with a minute at most, however long nobody looked. */
  private static final long MAX_TICKS = 600;

  private static final int MAX_QUEUE = 100;

  private final LongSupplier nanoTime;
  private final Random random;
  private final Deque<Integer> queue = new ArrayDeque<>();
  private final long[] buckets = new long[BOUNDS.length + 1];
  private long lastTick;
  private int ticksOnFirst;
  private long printed;
  private long jammed;
  private double seconds;

  Printer(LongSupplier nanoTime, Random random) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.lastTick = nanoTime.getAsLong();
  }

  /**
   * The printer at a time.
   *
   * @param buckets how many jobs took up to each of {@link #BOUNDS}, those that took less included;
   *     the last has all
   */
  record State(int queueLength, long printed, long jammed, long[] buckets, double seconds) {}

  /** Catches up and looks. */
  synchronized State look() {
    long now = nanoTime.getAsLong();
    long ticks = Math.min(MAX_TICKS, (now - lastTick) / TICK_NANOS);
    if (ticks > 0) {
      lastTick = now;
    }
    for (long i = 0; i < ticks; i++) {
      tick();
    }
    long[] cumulative = buckets.clone();
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    return new State(queue.size(), printed, jammed, cumulative, seconds);
  }

  private void tick() {
    if (random.nextInt(10) == 0 && queue.size() < MAX_QUEUE) {
      queue.add(1 + random.nextInt(20));
    }
    if (queue.isEmpty()) {
      return;
    }
    ticksOnFirst++;
    if (ticksOnFirst >= queue.getFirst()) {
      finishFirst();
    }
  }

  private void finishFirst() {
    queue.removeFirst();
    if (random.nextInt(20) == 0) {
      jammed++;
    } else {
      printed++;
    }
    double took = ticksOnFirst / 10.0;
    ticksOnFirst = 0;
    seconds += took;
    int bucket = 0;
    while (bucket < BOUNDS.length && took > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket]++;
  }
}
