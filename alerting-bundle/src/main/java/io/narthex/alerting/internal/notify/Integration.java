package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.config.NotifierSettings;
import io.narthex.alerting.internal.config.ReceiverEntry;
import io.narthex.alerting.internal.loop.Loop;
import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.template.TemplateSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entry of a receiver: delivers notifications while there is a factory for its kind, and has
 * them wait while there is none. For use on the loop.
 *
 * <p>Several are delivered at a time, each on a {@link Lane}, so that a slow receiver does not make
 * many groups late: from two lanes on, one more with each notification that arrives, and two again
 * when a call did not come back in time, so that a receiver that hangs costs little. Nothing is
 * delivered about a group of which a call has not come back, though it was given up: it may yet
 * arrive.
 */
public final class Integration {
  private static final Logger logger = LoggerFactory.getLogger(Integration.class);

  /** So many may always be delivered at a time: one that hangs does not hold up the rest. */
  private static final int FEW_LANES = 2;

  /** So many at most, of a receiver to which they arrive. */
  private static final int MOST_LANES = 8;

  private final IntegrationKey key;
  private final ReceiverEntry entry;
  private final NotifierSettings settings;
  private final TemplateSet templates;
  private final NotifierRegistry registry;
  private final PluginGuard guard;
  private final Loop loop;
  private final NotifyMetrics.OfIntegration metrics;

  private final Deque<Telling> waiting = new ArrayDeque<>();
  private final List<Lane> lanes = new ArrayList<>();
  private int width = FEW_LANES;
  private @Nullable NotifierRegistration provider;
  private boolean sendResolvedByDefault = true;
  private boolean missed;
  private boolean closed;

  /** What integrations have in common. */
  public record Means(
      NotifierSettings settings,
      TemplateSet templates,
      NotifierRegistry registry,
      PluginGuard guard,
      Loop loop,
      NotifyMetrics metrics) {}

  /** An integration that has no notifier yet. */
  public Integration(String receiver, ReceiverEntry entry, Means means) {
    this.key = new IntegrationKey(receiver, entry.kind(), entry.index());
    this.entry = entry;
    this.settings = means.settings();
    this.templates = means.templates();
    this.registry = means.registry();
    this.guard = means.guard();
    this.loop = means.loop();
    this.metrics = means.metrics().of(key);
  }

  /** Who it is. */
  public IntegrationKey key() {
    return key;
  }

  NotifyMetrics.OfIntegration metrics() {
    return metrics;
  }

  PluginGuard guard() {
    return guard;
  }

  Loop loop() {
    return loop;
  }

  /** Whether it is told of resolved alerts; what the factory says counts even while it is away. */
  boolean sendResolved() {
    return entry
        .sendResolved()
        .orElseGet(
            () -> {
              registry
                  .best(key.kind())
                  .ifPresent(best -> sendResolvedByDefault = best.sendResolved());
              return sendResolvedByDefault;
            });
  }

  /** Whether a factory is there. */
  boolean isAvailable() {
    return provider != null;
  }

  /** Whether the factory has not gone. */
  boolean isThere(NotifierRegistration registration) {
    return registry.has(registration);
  }

  /** Lets go of a factory that is gone, and takes one that came. */
  public void follow() {
    if (closed || provider != null && registry.has(provider)) {
      return;
    }
    provider = null;
    lanes.clear();
    width = FEW_LANES;
    Optional<NotifierRegistration> best = registry.best(key.kind());
    if (best.isEmpty()) {
      noteMissing();
      return;
    }
    missed = false;
    provider = best.get();
    sendResolvedByDefault = best.get().sendResolved();
    // At once, so that what is wrong with the entry is said before it matters.
    openLane(best.get()).create(failure -> noteNotMade(best.get(), failure));
  }

  private void noteMissing() {
    if (!missed && !waiting.isEmpty()) {
      missed = true;
      logger
          .atWarn()
          .addKeyValue("integration", key)
          .log("no bundle provides the receiver now, its notifications wait for it");
    }
  }

  private void noteNotMade(NotifierRegistration by, Throwable failure) {
    if (by == provider && registry.has(by)) {
      logger
          .atError()
          .addKeyValue("integration", key)
          .addKeyValue("err", cause(failure).getMessage())
          .log("a notifier could not be made, it is tried again with each notification");
    }
  }

  void noteNotClosed(@Nullable Throwable failure) {
    if (failure != null) {
      logger
          .atDebug()
          .addKeyValue("integration", key)
          .addKeyValue("err", cause(failure).getMessage())
          .log("a notifier did not close");
    }
  }

  private Lane openLane(NotifierRegistration registration) {
    Lane lane = new Lane(new BoundNotifier(registration, entry, settings, templates), this);
    lanes.add(lane);
    return lane;
  }

  /** Delivers it when its turn comes. */
  void offer(Telling telling) {
    waiting.add(telling);
    follow();
    if (provider == null) {
      noteMissing();
    }
    proceed();
  }

  /** Takes back what was offered; false if it is being delivered. */
  boolean withdraw(Telling telling) {
    return waiting.remove(telling);
  }

  /** Delivers what waits, if it can be delivered now. */
  public void proceed() {
    NotifierRegistration registration = provider;
    if (registration == null || closed) {
      return;
    }
    while (hasRoom()) {
      Telling next = take();
      if (next == null) {
        return;
      }
      if (next.isNothingToSend()) {
        // What its factory says of resolved alerts may have come after it began to wait.
        next.succeedWithoutCall();
      } else {
        deliver(freeLane(registration), registration, next);
      }
    }
  }

  /** The first that waits and may be delivered now. */
  private @Nullable Telling take() {
    for (Iterator<Telling> all = waiting.iterator(); all.hasNext(); ) {
      Telling next = all.next();
      if (lanes.stream().noneMatch(lane -> lane.isAbout(next.groupKey()))) {
        all.remove();
        return next;
      }
    }
    return null;
  }

  private boolean hasRoom() {
    return lanes.stream().filter(Lane::isBusy).count() < width;
  }

  private Lane freeLane(NotifierRegistration registration) {
    return lanes.stream().filter(Lane::isFree).findFirst().orElseGet(() -> openLane(registration));
  }

  private void deliver(Lane lane, NotifierRegistration by, Telling telling) {
    long start = loop.nanoTime();
    lane.deliver(
        telling,
        (result, failure) -> {
          Throwable cause = failure == null ? null : cause(failure);
          boolean gone = by != provider || !registry.has(by);
          Attempt attempt = Attempt.of(result, cause, gone);
          if (!gone) {
            adapt(attempt, cause);
          }
          telling.attempted(attempt, (loop.nanoTime() - start) / 1e9);
          proceed();
        });
  }

  private void adapt(Attempt attempt, @Nullable Throwable cause) {
    if (attempt instanceof Attempt.Arrived) {
      width = Math.min(width + 1, MOST_LANES);
    } else if (cause instanceof NarthexException known
        && known.code().equals(GuardErrors.TIMEOUT)) {
      width = FEW_LANES;
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Nothing is delivered after this; notifiers are freed when their last call is over. */
  public void close() {
    closed = true;
    provider = null;
    lanes.forEach(Lane::close);
    lanes.clear();
  }
}
