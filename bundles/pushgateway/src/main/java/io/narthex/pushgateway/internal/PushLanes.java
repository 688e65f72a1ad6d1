package io.narthex.pushgateway.internal;

import io.narthex.api.scope.BundleScope;
import io.narthex.pushgateway.internal.group.GroupLabels;
import io.narthex.pushgateway.internal.web.Answer;
import io.narthex.pushgateway.internal.web.PendingAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads on which changes are made, off the event loops. All changes of a group go through one of
 * them, in the order in which they came.
 */
final class PushLanes {
  private static final Logger logger = LoggerFactory.getLogger(PushLanes.class);

  static final int LANES = 2;

  /** Requests that may wait for a lane. */
  static final int QUEUE = 256;

  private static final Answer FAILED =
      new Answer(500, "internal error, the server's log says more");
  private static final Answer STOPPING =
      Answer.unavailable("the pushgateway is stopping, send it again later");

  private final List<ExecutorService> threads = new ArrayList<>();
  private final Set<PendingAnswer> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  PushLanes(BundleScope scope) {
    for (int i = 0; i < LANES; i++) {
      threads.add(scope.pool("push-" + i, 1, QUEUE));
    }
  }

  /**
   * Makes a change and answers.
   *
   * @param dropped runs in place of the change if there is no room for it
   */
  void run(GroupLabels group, PendingAnswer pending, Supplier<Answer> change, Runnable dropped) {
    int lane = Math.floorMod(group.hashCode(), LANES);
    waiting.add(pending);
    try {
      threads.get(lane).execute(() -> finish(pending, change));
    } catch (RejectedExecutionException e) {
      dropped.run();
      end(pending, Answer.unavailable("too many requests are waiting, send it again later"));
    }
    if (stopped) {
      stop();
    }
  }

  private void finish(PendingAnswer pending, Supplier<Answer> change) {
    Answer answer = FAILED;
    try {
      answer = change.get();
    } catch (RuntimeException e) {
      logger.atError().setCause(e).log("a push failed");
    } finally {
      // Also after an Error: a client that gets no answer waits.
      end(pending, answer);
    }
  }

  private void end(PendingAnswer pending, Answer answer) {
    pending.answer(answer);
    waiting.remove(pending);
  }

  /** Answers all that wait: their turn may not come any more. */
  void stop() {
    stopped = true;
    waiting.forEach(pending -> end(pending, STOPPING));
  }
}
