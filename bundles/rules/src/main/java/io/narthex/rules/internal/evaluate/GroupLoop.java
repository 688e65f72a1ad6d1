package io.narthex.rules.internal.evaluate;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates a group in its time, until it is stopped. Times that pass while an evaluation goes on
 * are missed but for the last; so are those at which something that is needed is away.
 */
final class GroupLoop {
  private static final Logger logger = LoggerFactory.getLogger(GroupLoop.class);
  private static final long MILLI = 1_000_000;

  /** Before the second evaluation recording rules that alerts depend on may have nothing yet. */
  private static final int EVALUATIONS_BEFORE_RESTORE = 2;

  private final Group group;
  private final GroupSchedule schedule;
  private final LoopServices services;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

  private long last;
  private int evaluations;
  private boolean running;
  private boolean stopped;
  private Runnable alarm = () -> {};

  GroupLoop(Group group, LoopServices services) {
    this.group = group;
    this.services = services;
    this.schedule = GroupSchedule.of(group.definition());
  }

  Group group() {
    return group;
  }

  /** Begins with the next time that is due. */
  synchronized void start() {
    last = schedule.slotBefore(nowNanos());
    plan();
  }

  /** Takes over from the loop of the group before a reload, once that has come to its end. */
  void startAfter(GroupLoop before) {
    CompletableFuture<Void> takenOver = before.stop().thenRun(() -> takeOver(before.group()));
    synchronized (this) {
      ready = takenOver;
    }
    takenOver.thenRun(this::start);
  }

  /** A defect in that must not keep the group from being evaluated. */
  private void takeOver(Group before) {
    try {
      group.takeOver(before);
    } catch (RuntimeException | StackOverflowError e) {
      logger
          .atError()
          .addKeyValue("group", group.definition().key())
          .setCause(e)
          .log("a group of rules begins anew: it could not take over because of a defect");
    }
  }

  /** Plans the next evaluation. */
  private synchronized void plan() {
    if (!stopped) {
      long next = schedule.after(last, nowNanos());
      alarm = services.alarms().at((next + MILLI - 1) / MILLI, this::due);
    }
  }

  private void due() {
    synchronized (this) {
      if (stopped || running) {
        return;
      }
      running = true;
    }
    try {
      services.threads().execute(this::run);
    } catch (RejectedExecutionException | IllegalStateException full) {
      logger
          .atWarn()
          .addKeyValue("group", group.definition().key())
          .log("a group of rules is not evaluated: too many wait already");
      skip();
      over();
    }
  }

  private void run() {
    try {
      runDue();
    } catch (RuntimeException e) {
      logger
          .atError()
          .addKeyValue("group", group.definition().key())
          .setCause(e)
          .log("a group of rules could not be evaluated because of a defect");
    } finally {
      over();
    }
  }

  private void runDue() {
    long due = schedule.slotBefore(nowNanos());
    if (due <= last) {
      if (schedule.isSetBack(last, due)) {
        last = due;
      }
      return;
    }
    long missed = schedule.missed(last, due);
    if (missed > 0) {
      group.metrics().missed(missed);
    }
    last = due;
    if (!services.owned().test(group.definition().key())) {
      return;
    }
    Optional<Means> means = services.means().get();
    if (means.isEmpty()) {
      group.metrics().missed(1);
      return;
    }
    group.metrics().scheduled();
    if (group.isTakenUp()) {
      restoreAfter(0, means.get());
    }
    group.evaluate(instant(due), means.get());
    evaluations++;
    restoreAfter(EVALUATIONS_BEFORE_RESTORE, means.get());
  }

  private void restoreAfter(int enough, Means means) {
    if (group.isRestorePending() && evaluations >= enough) {
      group.restore(Instant.ofEpochMilli(services.clock().wallMillis()), means);
    }
  }

  /** The time that is due passes without an evaluation. */
  private void skip() {
    long due = schedule.slotBefore(nowNanos());
    if (due > last) {
      group.metrics().missed(schedule.missed(last, due) + 1);
      last = due;
    }
  }

  private void over() {
    boolean end;
    synchronized (this) {
      running = false;
      end = stopped;
      plan();
    }
    if (end) {
      ended.complete(null);
    }
  }

  /**
   * Stops; the rule that is being evaluated is the last.
   *
   * @return completes when nothing is evaluated any more
   */
  CompletableFuture<Void> stop() {
    boolean idle;
    CompletableFuture<Void> before;
    synchronized (this) {
      stopped = true;
      idle = !running;
      before = ready;
      alarm.run();
    }
    group.stop();
    if (idle) {
      ended.complete(null);
    }
    return CompletableFuture.allOf(before, ended);
  }

  private long nowNanos() {
    return services.clock().wallMillis() * MILLI;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1000 * MILLI), Math.floorMod(nanos, 1000 * MILLI));
  }
}
