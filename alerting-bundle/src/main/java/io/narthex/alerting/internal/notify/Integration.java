package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.config.NotifierSettings;
import io.narthex.alerting.internal.config.ReceiverEntry;
import io.narthex.alerting.internal.loop.Loop;
import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.template.TemplateSet;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifierFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entry of a receiver: delivers notifications in turn while there is a factory for its kind, and
 * has them wait while there is none. For use on the loop.
 *
 * <p>A notifier that does not come back from a call is left alone until it does, so that it costs
 * one thread and not one for each attempt; a factory that comes later is used at once.
 */
public final class Integration {
  private static final Logger logger = LoggerFactory.getLogger(Integration.class);

  private static final Duration CREATE_LIMIT = Duration.ofSeconds(10);

  private final IntegrationKey key;
  private final ReceiverEntry entry;
  private final NotifierSettings settings;
  private final TemplateSet templates;
  private final NotifierRegistry registry;
  private final PluginGuard guard;
  private final Loop loop;
  private final NotifyMetrics.OfIntegration metrics;

  private final Deque<Telling> waiting = new ArrayDeque<>();
  private @Nullable BoundNotifier bound;
  private @Nullable Call busy;
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

  /** A call under way. Begins on a thread of the guard unless it was given up before. */
  private final class Call {
    private final AtomicBoolean decided = new AtomicBoolean();
    private final @Nullable Telling telling;

    /** The notifier said so; what the guard says after that changes nothing. */
    private volatile boolean arrived;

    Call(@Nullable Telling telling) {
      this.telling = telling;
    }

    /** Runs in the guard; tells the loop that the thread is back, whatever became of the call. */
    <T> T run(Callable<T> body) throws Exception {
      if (!decided.compareAndSet(false, true)) {
        throw new IllegalStateException("the call was given up before it began");
      }
      try {
        T result = body.call();
        arrived = result instanceof Delivery.Done;
        return result;
      } finally {
        loop.run(() -> returned(this));
      }
    }

    /** Whether it did not begin, and never will. */
    boolean giveUp() {
      return decided.compareAndSet(false, true);
    }
  }

  /** Who it is. */
  public IntegrationKey key() {
    return key;
  }

  NotifyMetrics.OfIntegration metrics() {
    return metrics;
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
    return bound != null;
  }

  /** Lets go of a factory that is gone, and takes one that came. */
  public void follow() {
    if (closed || bound != null && registry.has(bound.registration())) {
      return;
    }
    bound = null;
    busy = null;
    Optional<NotifierRegistration> best = registry.best(key.kind());
    if (best.isEmpty()) {
      noteMissing();
      return;
    }
    missed = false;
    sendResolvedByDefault = best.get().sendResolved();
    BoundNotifier next = new BoundNotifier(best.get(), entry, settings, templates);
    bound = next;
    create(next);
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

  /** At once, so that what is wrong with the entry is said before it matters. */
  private void create(BoundNotifier next) {
    Call call = new Call(null);
    busy = call;
    guarded(
            next,
            "create notifier",
            CREATE_LIMIT,
            factory -> call.run(() -> next.notifier(factory)))
        .whenComplete((made, failure) -> loop.run(() -> created(next, call, failure)));
  }

  private void created(BoundNotifier next, Call call, @Nullable Throwable failure) {
    if (failure != null && bound == next && registry.has(next.registration())) {
      logger
          .atError()
          .addKeyValue("integration", key)
          .addKeyValue("err", cause(failure).getMessage())
          .log("a notifier could not be made, it is tried again with each notification");
    }
    if (call.giveUp()) {
      free(call);
    }
  }

  /** Delivers what waits, if it can be delivered now. */
  public void proceed() {
    pump();
  }

  /** Delivers it when its turn comes. */
  void offer(Telling telling) {
    waiting.add(telling);
    follow();
    if (bound == null) {
      noteMissing();
    }
    pump();
  }

  /** Takes back what was offered; false if it is being delivered. */
  boolean withdraw(Telling telling) {
    return waiting.remove(telling);
  }

  private void pump() {
    BoundNotifier notifier = bound;
    if (notifier == null || busy != null || closed) {
      return;
    }
    Telling next = waiting.poll();
    while (next != null && next.isNothingToSend()) {
      // What its factory says of resolved alerts may have come after it began to wait.
      next.succeedWithoutCall();
      next = waiting.poll();
    }
    if (next != null) {
      deliver(notifier, next);
    }
  }

  private void deliver(BoundNotifier notifier, Telling telling) {
    Notification notification = telling.notification();
    Call call = new Call(telling);
    busy = call;
    telling.begun();
    long start = loop.nanoTime();
    guarded(
            notifier,
            "deliver",
            telling.callLimit(),
            factory -> call.run(() -> notifier.notifier(factory).deliver(notification)))
        .whenComplete(
            (result, failure) -> loop.run(() -> called(notifier, call, start, result, failure)));
  }

  /**
   * The guard throws when the bundle or the server is on its way out: the call was not made then.
   */
  private <R> CompletableFuture<R> guarded(
      BoundNotifier notifier,
      String operation,
      Duration limit,
      PluginGuard.PluginCall<NotifierFactory, R> body) {
    try {
      return guard.call(notifier.registration().factory(), operation, limit, body);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          new NarthexException(GuardErrors.GONE, operation + ": " + e, e));
    }
  }

  private void called(
      BoundNotifier notifier,
      Call call,
      long start,
      @Nullable Delivery result,
      @Nullable Throwable failure) {
    if (call.giveUp()) {
      free(call);
    }
    Telling telling = call.telling;
    if (telling == null) {
      return;
    }
    double seconds = (loop.nanoTime() - start) / 1e9;
    boolean gone = bound != notifier || !registry.has(notifier.registration());
    Attempt attempt =
        call.arrived
            ? new Attempt.Arrived()
            : Attempt.of(result, failure == null ? null : cause(failure), gone);
    telling.attempted(attempt, seconds);
  }

  /** The thread is back; perhaps after it was given up. */
  private void returned(Call call) {
    if (call.arrived && call.telling != null) {
      call.telling.arrivedLate();
    }
    free(call);
  }

  private void free(Call call) {
    if (busy == call) {
      busy = null;
      if (closed) {
        closeNotifier();
      } else {
        pump();
      }
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Nothing is delivered after this; the notifier is freed when its last call is over. */
  public void close() {
    closed = true;
    if (busy == null) {
      closeNotifier();
    }
  }

  private void closeNotifier() {
    BoundNotifier last = bound;
    bound = null;
    if (last == null || !registry.has(last.registration())) {
      return;
    }
    guarded(
            last,
            "close notifier",
            CREATE_LIMIT,
            factory -> {
              last.close();
              return true;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                logger
                    .atDebug()
                    .addKeyValue("integration", key)
                    .addKeyValue("err", cause(failure).getMessage())
                    .log("a notifier did not close");
              }
            });
  }
}
