package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells integrations about groups: each integration on its own, but never twice at a time about the
 * same group, so that what was told last is known when there is more to tell. It outlives
 * configurations: a delivery that is under way while one is replaced is waited for by the next
 * about the same group. For use on the loop.
 */
public final class Teller {
  private final NotificationLog log;
  private final String externalUrl;
  private final Loop loop;
  private final DoubleSupplier random;

  /** By the key of the log. */
  private final Map<String, Slot> slots = new HashMap<>();

  private @Nullable CompletableFuture<Void> idle;

  private static final class Slot {
    Telling current;
    @Nullable Telling next;

    Slot(Telling current) {
      this.current = current;
    }
  }

  /**
   * Tells what the log does not have.
   *
   * @param externalUrl where the Alertmanager is known outside
   * @param random from 0 to below 1, for pauses
   */
  public Teller(NotificationLog log, String externalUrl, Loop loop, DoubleSupplier random) {
    this.log = log;
    this.externalUrl = externalUrl;
    this.loop = loop;
    this.random = random;
  }

  /**
   * Tells an integration. If it is just being told about the same group this is next; what was to
   * be next before that is out of date and ends as not told.
   *
   * @return completes on the loop: whether the integration knows all that it has to
   */
  public CompletableFuture<Boolean> tell(Integration integration, GroupNews news) {
    String key = LogEntry.key(news.groupKey(), integration.key());
    Telling telling = new Telling(integration, news, externalUrl, log, loop, random);
    Slot slot = slots.get(key);
    if (slot == null) {
      begin(key, new Slot(telling));
    } else {
      Telling outdated = slot.next;
      slot.next = telling;
      if (outdated != null) {
        outdated.cancel();
      }
    }
    return telling.outcome();
  }

  private void begin(String key, Slot slot) {
    slots.put(key, slot);
    Telling telling = slot.current;
    telling.outcome().whenComplete((told, failure) -> loop.run(() -> ended(key, slot)));
    telling.start();
  }

  private void ended(String key, Slot slot) {
    Telling next = slot.next;
    if (next == null || next.outcome().isDone()) {
      slots.remove(key);
      if (slots.isEmpty() && idle != null) {
        idle.complete(null);
      }
    } else {
      begin(key, new Slot(next));
    }
  }

  /** How many groups are being told to an integration. */
  public int underWay() {
    return slots.size();
  }

  /** Gives up all that is not being delivered just now. */
  public void cancel() {
    List<Slot> all = new ArrayList<>(slots.values());
    for (Slot slot : all) {
      if (slot.next != null) {
        slot.next.cancel();
      }
      slot.current.cancel();
    }
  }

  /** Completes when nothing is under way; nothing more is told after this. */
  public CompletableFuture<Void> idle() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    idle = done;
    if (slots.isEmpty()) {
      done.complete(null);
    }
    return done;
  }
}
