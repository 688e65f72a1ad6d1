package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.loop.Loop;
import io.narthex.spi.notify.FailureReason;
import io.narthex.spi.notify.Notification;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one integration about one group, once: looks up whether there is anything to tell, tries
 * until it arrived or the patience is over, and notes it. For use on the loop.
 */
final class Telling {
  private static final Logger logger = LoggerFactory.getLogger(Telling.class);

  /** Longer calls are broken off, and tried again. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

  /** A call that begins has at least this long: cut off at once, it might have arrived. */
  private static final Duration SHORTEST_CALL = Duration.ofSeconds(10);

  /** After a call that was not made. */
  private static final Duration SHORT_PAUSE = Duration.ofMillis(250);

  private final Integration integration;
  private final GroupNews news;
  private final String externalUrl;
  private final NotificationLog log;
  private final Loop loop;
  private final Backoff backoff;
  private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

  private final Told firing;
  private final Told resolved;
  private Reason reason = Reason.NONE;
  private long deadline;
  private int attempts;
  private boolean counted;
  private boolean inCall;
  private boolean canceled;
  private Attempt.@Nullable Failed lastFailure;
  private Loop.@Nullable Task patience;
  private Loop.@Nullable Task pause;

  Telling(
      Integration integration,
      GroupNews news,
      String externalUrl,
      NotificationLog log,
      Loop loop,
      DoubleSupplier random) {
    this.integration = integration;
    this.news = news;
    this.externalUrl = externalUrl;
    this.log = log;
    this.loop = loop;
    this.backoff = new Backoff(random);
    this.firing = news.told(false);
    this.resolved = news.told(true);
  }

  /** Completes on the loop: whether the integration knows all that it has to. */
  CompletableFuture<Boolean> outcome() {
    return outcome;
  }

  void start() {
    reason =
        Reason.of(
            log.find(news.groupKey(), integration.key()),
            firing,
            resolved,
            integration.sendResolved(),
            news.repeatInterval(),
            news.time());
    if (reason == Reason.NONE) {
      finish(true);
      return;
    }
    deadline = loop.nanoTime() + news.patience().toNanos();
    patience = loop.runAfter(news.patience(), this::patienceIsOver);
    if (isNothingToSend()) {
      succeedWithoutCall();
    } else {
      integration.offer(this);
    }
  }

  /** All is resolved, which it does not want to know; the log must know it. */
  boolean isNothingToSend() {
    return firing.isEmpty() && !integration.sendResolved();
  }

  private void count() {
    if (!counted) {
      counted = true;
      integration.metrics().begun();
    }
  }

  String groupKey() {
    return news.groupKey();
  }

  /** It is being delivered. */
  void begun() {
    inCall = true;
    count();
  }

  Notification notification() {
    return news.notification(integration.sendResolved(), externalUrl, reason);
  }

  /** How long a call that begins now may take. */
  Duration callLimit() {
    long seconds =
        Math.clamp(rest().toSeconds(), SHORTEST_CALL.toSeconds(), LONGEST_CALL.toSeconds());
    return Duration.ofSeconds(seconds);
  }

  /** Notes it as told, since there is nothing to tell. */
  void succeedWithoutCall() {
    count();
    succeed();
  }

  private Duration rest() {
    return Duration.ofNanos(Math.max(deadline - loop.nanoTime(), 1_000_000));
  }

  void attempted(Attempt attempt, double seconds) {
    inCall = false;
    if (outcome.isDone()) {
      return;
    }
    switch (attempt) {
      case Attempt.Arrived() -> {
        attempts++;
        integration.metrics().requested(seconds, true);
        succeed();
      }
      case Attempt.Failed failed -> {
        attempts++;
        integration.metrics().requested(seconds, false);
        failed(failed);
      }
      case Attempt.NotMade(String message) -> {
        logger
            .atDebug()
            .addKeyValue("integration", integration.key())
            .addKeyValue("err", message)
            .log("a notification could not be handed over, it waits");
        again(SHORT_PAUSE);
      }
    }
  }

  private void failed(Attempt.Failed failed) {
    if (lastFailure == null || !lastFailure.message().equals(failed.message())) {
      logger
          .atWarn()
          .addKeyValue("integration", integration.key())
          .addKeyValue("group", news.groupKey())
          .addKeyValue("attempts", attempts)
          .addKeyValue("retry", failed.retry())
          .addKeyValue("err", failed.message())
          .log("a notification did not arrive");
    }
    lastFailure = failed;
    if (failed.retry()) {
      again(backoff.next());
    } else {
      fail(failed.reason());
    }
  }

  private void again(Duration wait) {
    if (canceled) {
      finish(false);
    } else if (loop.nanoTime() + wait.toNanos() >= deadline) {
      pause = loop.runAfter(rest(), this::patienceIsOver);
    } else {
      pause = loop.runAfter(wait, () -> integration.offer(this));
    }
  }

  /** A call that was broken off came back: it did arrive. */
  void arrivedLate() {
    if (!outcome.isDone() && !inCall) {
      succeed();
    }
  }

  private void succeed() {
    note();
    if (attempts > 1) {
      logger
          .atInfo()
          .addKeyValue("integration", integration.key())
          .addKeyValue("group", news.groupKey())
          .addKeyValue("attempts", attempts)
          .log("the notification arrived");
    }
    finish(true);
  }

  private void note() {
    try {
      log.note(
          news.groupKey(),
          integration.key(),
          new NotificationLog.Content(news.time(), firing, resolved),
          news.repeatInterval().multipliedBy(2));
    } catch (RuntimeException e) {
      // It arrived; a group that is never told again would be worse than one that is told twice.
      logger
          .atError()
          .addKeyValue("group", news.groupKey())
          .setCause(e)
          .log("a notification that arrived could not be noted");
    }
  }

  /** A call that is under way has a limit of its own. */
  private void patienceIsOver() {
    if (outcome.isDone() || inCall) {
      return;
    }
    if (lastFailure != null) {
      fail(lastFailure.reason());
    } else if (integration.isAvailable()) {
      fail(FailureReason.CONTEXT_DEADLINE_EXCEEDED);
    } else {
      // Its receiver is away: nothing failed, the group is told anew.
      finish(false);
    }
  }

  private void fail(FailureReason why) {
    integration.metrics().failed(why, 1);
    logger
        .atError()
        .addKeyValue("integration", integration.key())
        .addKeyValue("group", news.groupKey())
        .addKeyValue("alerts", news.items().size())
        .addKeyValue("attempts", attempts)
        .addKeyValue("reason", why.label())
        .addKeyValue("err", lastFailure == null ? "its turn did not come" : lastFailure.message())
        .log("a notification is given up for now");
    finish(false);
  }

  /** Gives it up, unless it is being delivered: then it may still arrive. */
  void cancel() {
    if (inCall) {
      canceled = true;
    } else if (!outcome.isDone()) {
      finish(false);
    }
  }

  private void finish(boolean success) {
    integration.withdraw(this);
    cancel(patience);
    cancel(pause);
    outcome.complete(success);
  }

  private static void cancel(Loop.@Nullable Task task) {
    if (task != null) {
      task.cancel();
    }
  }
}
