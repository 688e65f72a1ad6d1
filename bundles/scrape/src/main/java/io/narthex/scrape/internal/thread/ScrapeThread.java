package io.narthex.scrape.internal.thread;

import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that scrapes: it runs the timers of its targets' loops, does their input and output as
 * channels become ready, and, in between, what others hand to it. A scrape is thus asked for, read,
 * parsed and stored without ever changing threads.
 *
 * <p>Timers and tasks may be added from any thread; there are no more of them than a few for each
 * target. All else is for the thread itself.
 */
public final class ScrapeThread implements Timetable, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(ScrapeThread.class);
  private static final int READ_BUFFER = 256 * 1024;
  private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LATE_NANOS = 100_000_000;

  private final Clock clock;
  private final Selector selector;
  private final TimerHeap timers = new TimerHeap();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);
  private final Thread thread;
  private volatile boolean closed;

  /** A thread that is not started. */
  public ScrapeThread(String name, Clock clock, BundleScope scope) {
    this.clock = clock;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector could be opened to scrape with", e);
    }
    this.thread = scope.thread(name, this::run);
  }

  /** Starts it. */
  public void start() {
    thread.start();
  }

  @Override
  public Timer schedule(Runnable task, long delayMillis) {
    long at = clock.monotonicNanos() + Math.max(0, delayMillis) * NANOS_PER_MILLI;
    TimerHeap.Entry timer = timers.add(task, at);
    if (!isCurrent() && timers.isNext(timer)) {
      selector.wakeup();
    }
    return timer;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!isCurrent()) {
      selector.wakeup();
    }
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Watches a channel. */
  public SelectionKey register(SelectableChannel channel, int operations, ChannelHandler handler)
      throws IOException {
    return channel.register(selector, operations, handler);
  }

  /** A large buffer that all channels of this thread read through, one after the other; empty. */
  public ByteBuffer readBuffer() {
    return readBuffer.clear();
  }

  /** Ends the thread; channels that are still watched are closed. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closed && !Thread.currentThread().isInterrupted()) {
        runTasks();
        if (timers.isLate(clock.monotonicNanos(), LATE_NANOS)) {
          // After a pause answers may be here already: they come before the time-outs.
          selector.selectNow(this::ready);
        }
        runTimers();
        select();
      }
    } catch (IOException e) {
      logger.atError().setCause(e).log("the selector failed, its targets are no longer scraped");
    } finally {
      closeChannels();
    }
  }

  /** Only those there are now: tasks that add tasks must not keep the channels waiting. */
  private void runTasks() {
    for (int left = tasks.size(); left > 0; left--) {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      run(task);
    }
  }

  private void runTimers() {
    long now = clock.monotonicNanos();
    for (Runnable due = timers.takeDue(now); due != null; due = timers.takeDue(now)) {
      run(due);
    }
  }

  private void select() throws IOException {
    long wait =
        tasks.isEmpty() ? timers.nanosToNext(clock.monotonicNanos(), LONGEST_WAIT_NANOS) : 0;
    if (wait == 0) {
      selector.selectNow(this::ready);
    } else {
      selector.select(this::ready, (wait + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.attachment() instanceof ChannelHandler handler) {
        handler.ready(key);
      }
    } catch (CancelledKeyException gone) {
      // Closed by an earlier handler of the same round.
    } catch (RuntimeException | Error e) {
      // One target's trouble, even an Error, must not end the thread of all.
      logger.atError().setCause(e).log("a channel's handler failed");
      closeChannel(key);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      logger.atError().setCause(e).log("a task of a scrape thread failed");
    }
  }

  private void closeChannels() {
    selector.keys().forEach(ScrapeThread::closeChannel);
    closeQuietly(selector);
  }

  private static void closeChannel(SelectionKey key) {
    closeQuietly(key.channel());
  }

  private static void closeQuietly(@Nullable AutoCloseable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (Exception e) {
      logger.atDebug().setCause(e).log("a channel was not closed in order");
    }
  }
}
