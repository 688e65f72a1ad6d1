package io.narthex.rules.internal.send;

import io.narthex.api.alerting.Alert;
import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Keeps alerts until they are taken, each in its newest state, and no more than a number of them:
 * beyond it the oldest is dropped. Methods may be called from any thread; none waits for the
 * delivery.
 */
public final class AlertOutbox {
  /** Upstream's capacity of a queue of notifications. */
  static final int CAPACITY = 10_000;

  private static final int BATCH = 256;

  /** An alert that is over for this long is of no interest to anybody who did not hear of it. */
  private static final long OUTDATED_MILLIS = 15 * 60 * 1000;

  private final Executor thread;
  private final Delivery delivery;
  private final LongSupplier now;

  /** Guarded by this. */
  private final SequencedMap<Labels, Alert> held = new LinkedHashMap<>();

  /**
   * What the sink that is there was told last of alerts that fire, and of those that are over since
   * a while only: it may not have told anybody yet. Guarded by this; never larger than what may be
   * kept.
   */
  private final SequencedMap<Labels, Alert> told = new LinkedHashMap<>();

  /** Guarded by this. */
  private boolean flushing;

  /** Guarded by this. */
  private long dropped;

  /**
   * An empty one.
   *
   * @param thread where alerts are handed on; may reject
   * @param now the wall clock, in ms since 1970
   */
  public AlertOutbox(Executor thread, Delivery delivery, LongSupplier now) {
    this.thread = thread;
    this.delivery = delivery;
    this.now = now;
  }

  /** Takes alerts, and hands them on soon. */
  public void offer(List<Alert> alerts) {
    if (alerts.isEmpty()) {
      return;
    }
    synchronized (this) {
      alerts.forEach(this::keep);
    }
    flush();
  }

  private void keep(Alert alert) {
    held.remove(alert.labels());
    held.put(alert.labels(), alert);
    if (held.size() > CAPACITY) {
      held.pollFirstEntry();
      dropped++;
    }
  }

  /**
   * Hands on again what fires, and what was over a while ago: whoever takes alerts now has just
   * come, and knows of none. Otherwise it would hear of them only when they are due again, and who
   * heard of one that it fires would not hear in time that it is over.
   */
  public void tellAgain() {
    synchronized (this) {
      long outdated = now.getAsLong() - OUTDATED_MILLIS;
      told.values().removeIf(alert -> alert.endsAt() < outdated);
      told.forEach(held::putIfAbsent);
      told.clear();
    }
    flush();
  }

  /** Tries to hand on what is kept. */
  public void flush() {
    if (!delivery.isPossible()) {
      return;
    }
    synchronized (this) {
      if (flushing || held.isEmpty()) {
        return;
      }
      flushing = true;
    }
    try {
      thread.execute(this::drain);
    } catch (RejectedExecutionException | IllegalStateException full) {
      synchronized (this) {
        flushing = false;
      }
    }
  }

  private void drain() {
    boolean going = true;
    while (going) {
      List<Alert> batch = take();
      going = !batch.isEmpty() && deliver(batch);
    }
  }

  private boolean deliver(List<Alert> batch) {
    boolean taken = false;
    try {
      taken = delivery.deliver(batch);
    } finally {
      if (taken) {
        remember(batch);
      } else {
        giveBack(batch);
      }
    }
    return taken;
  }

  private synchronized List<Alert> take() {
    long outdated = now.getAsLong() - OUTDATED_MILLIS;
    held.values().removeIf(alert -> alert.endsAt() < outdated);
    List<Alert> batch = new ArrayList<>();
    for (Iterator<Alert> next = held.values().iterator();
        next.hasNext() && batch.size() < BATCH; ) {
      batch.add(next.next());
      next.remove();
    }
    flushing = !batch.isEmpty();
    return batch;
  }

  private synchronized void remember(List<Alert> batch) {
    for (Alert alert : batch) {
      told.remove(alert.labels());
      told.put(alert.labels(), alert);
    }
    long outdated = now.getAsLong() - OUTDATED_MILLIS;
    while (!told.isEmpty() && told.firstEntry().getValue().endsAt() < outdated) {
      told.pollFirstEntry();
    }
    while (told.size() > CAPACITY) {
      told.pollFirstEntry();
    }
  }

  /** What was not taken is kept as it was, unless there is a newer state. */
  private synchronized void giveBack(List<Alert> batch) {
    Map<Labels, Alert> newer = new LinkedHashMap<>(held);
    held.clear();
    batch.forEach(alert -> held.put(alert.labels(), alert));
    newer.values().forEach(this::keep);
    flushing = false;
  }

  /** How many alerts are kept. */
  public synchronized int size() {
    return held.size();
  }

  /** How many were dropped, because too many were kept. */
  public synchronized long dropped() {
    return dropped;
  }
}
