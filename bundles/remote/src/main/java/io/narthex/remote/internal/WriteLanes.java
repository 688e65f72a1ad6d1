package io.narthex.remote.internal;

import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.remote.internal.write.Answer;
import io.narthex.remote.internal.write.Lane;
import io.narthex.remote.internal.write.WriteMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes and a thread for each. All requests of a sender's address go through one lane, in the
 * order in which they come, and so to one partition of the log.
 */
final class WriteLanes {
  private static final Logger logger = LoggerFactory.getLogger(WriteLanes.class);

  static final int LANES = 4;

  /** Requests that may wait for a lane. */
  static final int QUEUE = 64;

  private static final int MAX_SLOTS = 200_000;

  private static final Answer FAILED =
      new Answer(500, "internal error, the server's log says more");

  private final List<Lane> lanes = new ArrayList<>();
  private final List<ExecutorService> threads = new ArrayList<>();
  private final Set<PendingWrite> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  WriteLanes(
      Supplier<@Nullable Storage> storages, WriteMetrics metrics, Clock clock, BundleScope scope) {
    for (int i = 0; i < LANES; i++) {
      AppendSource source = new AppendSource("remote-write", String.valueOf(i));
      // Before its thread, so that it is closed after the thread has ended.
      lanes.add(scope.own(new Lane(storages, source, metrics, clock, MAX_SLOTS)));
      threads.add(scope.pool("write-" + i, 1, QUEUE));
    }
  }

  /** Stores the body, which is freed, and answers. */
  void write(String sender, RequestBody body, PendingWrite request) {
    int lane = Math.floorMod(sender.hashCode(), LANES);
    waiting.add(request);
    try {
      threads.get(lane).execute(() -> finish(lanes.get(lane), body, request));
    } catch (RejectedExecutionException e) {
      body.free();
      end(request, Answer.unavailable("too many requests are waiting, send it again later"));
    }
    if (stopped) {
      stop();
    }
  }

  private void finish(Lane lane, RequestBody body, PendingWrite request) {
    Answer answer = FAILED;
    try {
      answer = lane.write(body.array(), body.length());
    } catch (RuntimeException e) {
      logger.atError().setCause(e).log("remote write failed");
    } finally {
      // Also after an Error: a sender that gets no answer waits, and holds its place.
      body.free();
      end(request, answer);
    }
  }

  private void end(PendingWrite request, Answer answer) {
    request.answer(answer);
    waiting.remove(request);
  }

  /** Gives back what is leased from this storage. */
  void release(Storage going) {
    lanes.forEach(lane -> lane.release(going));
  }

  /** Answers all that wait: their turn may not come any more. */
  void stop() {
    stopped = true;
    for (PendingWrite request : waiting) {
      end(request, Answer.unavailable("the receiver is stopping, send it again later"));
    }
  }
}
