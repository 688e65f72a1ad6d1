package io.narthex.scrape.internal.loop;

import io.narthex.api.error.NarthexException;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.target.TargetHealth;
import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.Decompression;
import io.narthex.scrape.internal.fetch.FetchException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target again and again. Each round is: the scheduler's thread asks, a thread of the
 * fetcher hands the answer over, an ingest thread records it and plans the next round. So rounds
 * never overlap.
 *
 * <p>A loop that ends because its target has gone writes stale markers, but only 2.1 intervals
 * later and with the time of the next scrape there would have been: if the target has come back by
 * then, in another loop, its samples are newer and win.
 */
public final class ScrapeLoop implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(ScrapeLoop.class);

  private enum State {
    NEW,
    WAITING,
    SCRAPING,
    LAST_SCRAPE,
    ENDING,
    CLOSED
  }

  private final Target target;
  private final LoopServices services;
  private final TargetRecorder recorder;
  private final Schedule schedule;
  private final Distribution intervalLength;
  private State state = State.NEW;
  private @Nullable Future<?> timer;
  private @Nullable Runnable whenEnded;
  private long due;
  private long lastStartNanos;
  private boolean scraped;
  private volatile ScrapedTarget last;

  /**
   * A loop that has not started.
   *
   * @param key tells the target apart from all others, the same after a restart
   */
  public ScrapeLoop(Target target, String key, long hash, LoopServices services) {
    this.target = target;
    this.services = services;
    this.recorder =
        new TargetRecorder(
            target, new AppendSource("scrape", key), services.metrics(), services.clock());
    this.schedule = Schedule.of(target.interval().toMillis(), hash);
    this.intervalLength = services.metrics().intervalLength(target.interval());
    this.last = new ScrapedTarget(target, TargetHealth.UNKNOWN, 0, 0, "");
  }

  /** How the last scrape went. */
  public ScrapedTarget last() {
    return last;
  }

  /**
   * Plans the first scrape: at the next time of the phase, but at once for what is in this process,
   * which costs nobody a connection and has just been dropped in.
   */
  public synchronized void start() {
    long now = services.clock().wallMillis();
    due = target.endpoint() instanceof TargetEndpoint.InProcess ? now : schedule.firstFrom(now);
    arm();
  }

  /**
   * Ends the loop because its target has gone; a scrape under way is still recorded.
   *
   * @param ended is called once the stale markers are written
   */
  public synchronized void end(Runnable ended) {
    whenEnded = ended;
    switch (state) {
      case SCRAPING -> state = State.LAST_SCRAPE;
      case NEW, WAITING -> planEnd();
      case LAST_SCRAPE, ENDING, CLOSED -> {}
    }
  }

  /** Ends the loop at once, without stale markers. */
  @Override
  public void close() {
    synchronized (this) {
      state = State.CLOSED;
      cancelTimer();
    }
    recorder.close();
  }

  /** Gives back what the loop holds of a storage that is going. */
  public void release(Storage going) {
    recorder.release(going);
  }

  private void arm() {
    state = State.WAITING;
    timer = plan(this::begin, due - services.clock().wallMillis());
  }

  private @Nullable Future<?> plan(Runnable task, long delayMillis) {
    try {
      return services.scheduler().schedule(task, Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException | IllegalStateException e) {
      // The bundle is stopping.
      return null;
    }
  }

  private void cancelTimer() {
    Future<?> planned = timer;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private void begin() {
    long time;
    long start = services.clock().monotonicNanos();
    synchronized (this) {
      if (state != State.WAITING) {
        return;
      }
      if (services.storage().get() == null) {
        services.metrics().drop(DropReason.NO_STORAGE);
        planNext();
        return;
      }
      state = State.SCRAPING;
      time = schedule.timestamp(due, services.clock().wallMillis());
      if (scraped) {
        intervalLength.observe((start - lastStartNanos) / 1e9);
      }
      scraped = true;
      lastStartNanos = start;
    }
    fetch().whenComplete((body, failure) -> handOver(body, failure, time, start));
  }

  private CompletableFuture<Body> fetch() {
    try {
      return services.fetcher().fetch(target);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void handOver(@Nullable Body body, @Nullable Throwable failure, long time, long start) {
    try {
      services.ingest().execute(() -> finish(body, failure, time, start));
    } catch (RejectedExecutionException e) {
      services.metrics().drop(DropReason.QUEUE_FULL);
      if (body != null) {
        services.sinks().giveBack(body.bytes());
      }
      endRound();
    }
  }

  private void finish(@Nullable Body body, @Nullable Throwable failure, long time, long start) {
    ByteSink text = null;
    try {
      Storage storage = services.storage().get();
      if (storage == null) {
        services.metrics().drop(DropReason.NO_STORAGE);
        return;
      }
      Attempt attempt;
      try {
        if (body == null) {
          attempt = new Attempt.Failed(message(failure));
        } else {
          text = text(body);
          attempt = new Attempt.Answered(text, body.contentType());
        }
      } catch (FetchException e) {
        attempt = new Attempt.Failed(String.valueOf(e.getMessage()));
      }
      record(storage, attempt, time, start);
    } catch (RuntimeException e) {
      logger
          .atError()
          .addKeyValue("target", target.endpoint())
          .setCause(e)
          .log("scrape was not recorded");
    } finally {
      giveBack(body, text);
      endRound();
    }
  }

  private void giveBack(@Nullable Body body, @Nullable ByteSink text) {
    if (body != null) {
      services.sinks().giveBack(body.bytes());
    }
    if (text != null && (body == null || text != body.bytes())) {
      services.sinks().giveBack(text);
    }
  }

  private ByteSink text(Body body) throws FetchException {
    if (!body.gzip()) {
      return body.bytes();
    }
    ByteSink text = services.sinks().take();
    Decompression.inflate(body.bytes(), text);
    return text;
  }

  private void record(Storage storage, Attempt attempt, long time, long start) {
    String error;
    try {
      error = recorder.record(storage, time, attempt, () -> elapsed(start));
    } catch (NarthexException e) {
      if (!e.code().equals(StorageErrors.STOPPED)) {
        throw e;
      }
      services.metrics().drop(DropReason.NO_STORAGE);
      return;
    }
    if (error.equals(Decompression.TOO_LARGE)) {
      services.metrics().exceededBodySize.inc();
    }
    if (!error.isEmpty()) {
      logger
          .atDebug()
          .addKeyValue("scrape_pool", target.pool())
          .addKeyValue("target", target.endpoint())
          .addKeyValue("err", error)
          .log("scrape failed");
    }
    TargetHealth health = error.isEmpty() ? TargetHealth.UP : TargetHealth.DOWN;
    last = new ScrapedTarget(target, health, time, elapsed(start) / 1e9, error);
  }

  private long elapsed(long start) {
    return services.clock().monotonicNanos() - start;
  }

  private static String message(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause == null ? null : cause.getMessage();
    return message == null || message.isEmpty() ? String.valueOf(cause) : message;
  }

  private synchronized void endRound() {
    switch (state) {
      case SCRAPING -> planNext();
      case LAST_SCRAPE -> planEnd();
      case NEW, WAITING, ENDING, CLOSED -> {}
    }
  }

  private void planNext() {
    due = schedule.after(due, services.clock().wallMillis());
    arm();
  }

  private void planEnd() {
    cancelTimer();
    state = State.ENDING;
    if (!scraped) {
      timer = plan(this::ended, 0);
      return;
    }
    long now = services.clock().wallMillis();
    long next = schedule.after(due, now);
    long interval = target.interval().toMillis();
    timer = plan(() -> handOverEnd(next), next - now + interval + interval / 10);
  }

  private void handOverEnd(long time) {
    try {
      services.ingest().execute(() -> recordEnd(time));
    } catch (RejectedExecutionException e) {
      services.metrics().drop(DropReason.QUEUE_FULL);
      ended();
    }
  }

  private void recordEnd(long time) {
    try {
      Storage storage = services.storage().get();
      if (isEnding() && storage != null) {
        recorder.recordEnd(storage, time);
      }
    } catch (RuntimeException e) {
      logger
          .atWarn()
          .addKeyValue("target", target.endpoint())
          .addKeyValue("err", e.getMessage())
          .log("stale markers of a target that has gone were not written");
    } finally {
      ended();
    }
  }

  private synchronized boolean isEnding() {
    return state == State.ENDING;
  }

  private void ended() {
    close();
    Runnable listener;
    synchronized (this) {
      listener = whenEnded;
    }
    if (listener != null) {
      listener.run();
    }
  }
}
