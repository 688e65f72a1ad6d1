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
import io.narthex.api.target.TargetMetadata;
import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.Decompression;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.record.Attempt;
import io.narthex.scrape.internal.record.TargetRecorder;
import io.narthex.scrape.internal.thread.Timetable;
import io.narthex.scrape.internal.thread.Timetable.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target again and again, on its scrape thread: a timer asks, the answer is recorded
 * where it arrives, and the next round is planned. So rounds never overlap. An answer that arrives
 * on another thread is handed over.
 *
 * <p>What is to be scraped may change between two rounds; what is known of its series stays.
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

  private final LoopServices services;
  private final Timetable timetable;
  private final long hash;
  private Assignment assignment;
  private TargetRecorder recorder;
  private Schedule schedule;
  private Distribution intervalLength;
  private @Nullable Assignment change;
  private State state = State.NEW;
  private @Nullable Timer timer;
  private @Nullable Runnable whenEnded;
  private long due;
  private long lastStartNanos;
  private boolean scraped;
  private long armed;
  private volatile ScrapedTarget last;

  /**
   * A loop that has not started.
   *
   * @param key tells the target apart from all others, the same after a restart
   */
  public ScrapeLoop(
      Assignment assignment, String key, long hash, LoopServices services, Timetable timetable) {
    this.assignment = assignment;
    this.services = services;
    this.timetable = timetable;
    this.hash = hash;
    Target target = assignment.target();
    this.recorder =
        new TargetRecorder(
            target,
            new AppendSource("scrape", key),
            assignment.rules(),
            services.metrics().recording(),
            services.clock());
    this.schedule = schedule(target);
    this.intervalLength = services.metrics().intervalLength(target.interval());
    this.last = new ScrapedTarget(target, TargetHealth.UNKNOWN, 0, 0, "");
  }

  private Schedule schedule(Target target) {
    return Schedule.of(target.interval().toMillis(), hash, services.toleranceMillis());
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
    boolean inside = assignment.target().endpoint() instanceof TargetEndpoint.InProcess;
    due = inside ? now : schedule.firstFrom(now);
    arm();
  }

  /**
   * Goes on with the same target under other terms: from the next round on if one is under way. The
   * times of scrapes stay in phase, and series that come no longer end.
   */
  public synchronized void change(Assignment to) {
    switch (state) {
      case SCRAPING -> {
        if (change != null) {
          change.fetcher().close();
        }
        change = to;
      }
      case NEW, WAITING -> {
        assign(to);
        long now = services.clock().wallMillis();
        if (due > now) {
          due = schedule.firstFrom(now);
        }
        cancelTimer();
        arm();
      }
      case LAST_SCRAPE, ENDING, CLOSED -> to.fetcher().close();
    }
  }

  /** The target is the same and scraped as before, but what was discovered about it differs. */
  public synchronized void describe(Target same) {
    Assignment next = change;
    if (next != null) {
      change = next.describing(same);
    } else {
      assignment = assignment.describing(same);
      show(same);
    }
  }

  private void show(Target target) {
    ScrapedTarget was = last;
    last =
        new ScrapedTarget(
            target,
            was.health(),
            was.lastScrapeMillis(),
            was.lastDurationSeconds(),
            was.lastError());
  }

  private void assign(Assignment to) {
    Assignment before = assignment;
    assignment = to;
    before.fetcher().close();
    recorder = recorder.successor(to.target(), to.rules());
    schedule = schedule(to.target());
    intervalLength = services.metrics().intervalLength(to.target().interval());
    show(to.target());
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
    TargetRecorder closing;
    synchronized (this) {
      state = State.CLOSED;
      cancelTimer();
      assignment.fetcher().close();
      if (change != null) {
        change.fetcher().close();
      }
      closing = recorder;
    }
    closing.close();
  }

  /** Gives back what the loop holds of a storage that is going. */
  public synchronized void release(Storage going) {
    recorder.release(going);
  }

  /** What the target says about its metric families. */
  public TargetMetadata metadata() {
    TargetRecorder current = recorder();
    return new TargetMetadata(last.target(), current.metadata());
  }

  private synchronized TargetRecorder recorder() {
    return recorder;
  }

  private void arm() {
    state = State.WAITING;
    long round = ++armed;
    timer = plan(() -> begin(round), due - services.clock().wallMillis());
  }

  private Timer plan(Runnable task, long delayMillis) {
    return timetable.schedule(task, delayMillis);
  }

  private void cancelTimer() {
    Timer planned = timer;
    if (planned != null) {
      planned.cancel();
    }
  }

  /** Begins a round, unless it was planned anew after its timer had fired. */
  private void begin(long round) {
    long time;
    long start = services.clock().monotonicNanos();
    Assignment current;
    synchronized (this) {
      if (state != State.WAITING || round != armed) {
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
      current = assignment;
    }
    fetch(current).whenComplete((body, failure) -> handOver(body, failure, time, start));
  }

  private static CompletableFuture<Body> fetch(Assignment current) {
    if (!current.refusal().isEmpty()) {
      return CompletableFuture.failedFuture(new FetchException(current.refusal()));
    }
    try {
      return current.fetcher().fetch();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void handOver(@Nullable Body body, @Nullable Throwable failure, long time, long start) {
    if (timetable.isCurrent()) {
      finish(body, failure, time, start);
    } else {
      timetable.execute(() -> finish(body, failure, time, start));
    }
  }

  private void finish(@Nullable Body body, @Nullable Throwable failure, long time, long start) {
    ByteSink text = null;
    try {
      if (isClosed()) {
        return;
      }
      Storage storage = services.storage().get();
      if (storage == null) {
        services.metrics().drop(DropReason.NO_STORAGE);
        return;
      }
      Attempt attempt;
      if (body == null) {
        attempt = failed(message(failure));
      } else {
        try {
          text = text(body);
          attempt = new Attempt.Answered(text, body.contentType());
        } catch (FetchException e) {
          attempt = failed(message(e));
        }
      }
      record(storage, attempt, time, start);
      releaseIfGone(storage);
    } catch (RuntimeException | Error e) {
      logger
          .atError()
          .addKeyValue("target", last.target().endpoint())
          .setCause(e)
          .log("scrape was not recorded");
    } finally {
      giveBack(body, text);
      endRound();
    }
  }

  private synchronized boolean isClosed() {
    return state == State.CLOSED;
  }

  /** A storage that went while it was appended to must not wait for the next round. */
  private void releaseIfGone(Storage used) {
    if (services.storage().get() != used) {
      release(used);
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

  private static Attempt.Failed failed(String error) {
    return new Attempt.Failed(error, error.equals(Decompression.TOO_LARGE));
  }

  /** The body as text; as upstream, one that just reaches the limit is too large. */
  private ByteSink text(Body body) throws FetchException {
    long limit = last.target().options().limits().bodySize();
    long most = limit == 0 ? Long.MAX_VALUE : limit - 1;
    if (!body.gzip()) {
      if (body.bytes().length() > most) {
        throw new FetchException(Decompression.TOO_LARGE);
      }
      return body.bytes();
    }
    ByteSink text = services.sinks().take(most);
    try {
      services.decompression().inflate(body.bytes(), text);
    } catch (FetchException e) {
      services.sinks().giveBack(text);
      throw e;
    }
    return text;
  }

  private void record(Storage storage, Attempt attempt, long time, long start) {
    String error;
    try {
      error = recorder().record(storage, time, attempt, () -> elapsed(start));
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
          .addKeyValue("scrape_pool", last.target().pool())
          .addKeyValue("target", last.target().endpoint())
          .addKeyValue("err", error)
          .log("scrape failed");
    }
    TargetHealth health = error.isEmpty() ? TargetHealth.UP : TargetHealth.DOWN;
    synchronized (this) {
      last = new ScrapedTarget(assignment.target(), health, time, elapsed(start) / 1e9, error);
    }
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
      case SCRAPING -> {
        Assignment next = change;
        change = null;
        if (next != null) {
          assign(next);
        }
        planNext();
      }
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
    long interval = assignment.target().interval().toMillis();
    timer = plan(() -> recordEnd(next), next - now + interval + interval / 10);
  }

  private void recordEnd(long time) {
    try {
      Storage storage = services.storage().get();
      if (isEnding() && storage != null) {
        recorder().recordEnd(storage, time);
        releaseIfGone(storage);
      }
    } catch (RuntimeException e) {
      logger
          .atWarn()
          .addKeyValue("target", last.target().endpoint())
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
