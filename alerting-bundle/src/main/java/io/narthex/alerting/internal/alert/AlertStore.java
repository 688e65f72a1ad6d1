package io.narthex.alerting.internal.alert;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts that were received, in memory only: who sends them sends them again. Resolved ones go
 * with {@link #collect}; groups that have yet to tell somebody keep their own. May be used from any
 * thread.
 */
public final class AlertStore {
  private static final Logger logger = LoggerFactory.getLogger(AlertStore.class);

  /** More alerts than the store takes. */
  public static final ErrorCode FULL =
      new ErrorCode("alerting/too-many-alerts", ErrorKind.RESOURCES);

  private final Clock clock;
  private final int limit;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** By labels, in order of first arrival. Guarded by this. */
  private final Map<Labels, StoredAlert> alerts = new LinkedHashMap<>();

  /** Is told of alerts. */
  public interface Listener {
    /**
     * Alerts came or changed; in order, never two calls at a time, on the thread of who sent them.
     * Returns soon and takes nothing from the store.
     */
    void received(List<StoredAlert> alerts);

    /** Alerts were collected: they are over. */
    default void collected(List<StoredAlert> alerts) {}
  }

  /** A subscription that can be ended. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * An empty store.
   *
   * @param limit how many alerts it takes
   */
  public AlertStore(Clock clock, int limit) {
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Stores alerts, merged with what is known of them. If they do not all fit, those that are over
   * are forgotten first, as {@link #collect} does.
   *
   * @throws NarthexException with {@link #FULL} if some did not fit; the others are stored
   */
  public void put(Collection<StoredAlert> received) {
    int refused;
    synchronized (this) {
      makeRoom(received);
      List<StoredAlert> stored = new ArrayList<>(received.size());
      for (StoredAlert alert : received) {
        store(alert).ifPresent(stored::add);
      }
      refused = received.size() - stored.size();
      if (!stored.isEmpty()) {
        tell(listener -> listener.received(stored));
      }
    }
    if (refused > 0) {
      throw new NarthexException(
          FULL,
          ("%d of %d alerts were not taken: there are %d already that are not over, which is the"
                  + " limit; it grows with the heap, which NARTHEX_JAVA_OPTS=-Xmx<size> sets")
              .formatted(refused, received.size(), limit));
    }
  }

  private void makeRoom(Collection<StoredAlert> received) {
    long added = received.stream().filter(alert -> !alerts.containsKey(alert.labels())).count();
    if (alerts.size() + added > limit) {
      collect();
    }
  }

  private Optional<StoredAlert> store(StoredAlert alert) {
    StoredAlert old = alerts.get(alert.labels());
    if (old == null && alerts.size() >= limit) {
      return Optional.empty();
    }
    StoredAlert merged =
        old != null && old.overlaps(alert) ? old.merge(alert, clock.wallMillis()) : alert;
    alerts.put(merged.labels(), merged);
    return Optional.of(merged);
  }

  /** All alerts, resolved ones too if they are not collected yet. */
  public synchronized List<StoredAlert> snapshot() {
    return List.copyOf(alerts.values());
  }

  /** How many there are. */
  public synchronized int size() {
    return alerts.size();
  }

  /** Hands all alerts to the listener, and then each that comes. */
  public synchronized Subscription subscribe(Listener listener) {
    if (!alerts.isEmpty()) {
      listener.received(snapshot());
    }
    listeners.add(listener);
    return () -> remove(listener);
  }

  private synchronized void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** Forgets the alerts that are over. */
  public synchronized void collect() {
    long now = clock.wallMillis();
    List<StoredAlert> over =
        alerts.values().stream().filter(alert -> alert.isResolvedAt(now)).toList();
    if (!over.isEmpty()) {
      over.forEach(alert -> alerts.remove(alert.labels()));
      tell(listener -> listener.collected(over));
    }
  }

  private void tell(Consumer<Listener> event) {
    for (Listener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        logger.atError().setCause(e).log("a part of the alerting failed over alerts, others go on");
      }
    }
  }
}
