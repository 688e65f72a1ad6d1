package io.narthex.spi.discovery.support;

import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.TargetGroup;
import io.narthex.spi.discovery.TargetGroupListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A discovery that looks for all its targets at once, first when it is started and then each time
 * the interval has passed since the last look. A mechanism implements {@link #refresh}; this class
 * does the rest: it passes on what changed, removes the groups that are no longer found, says what
 * failed while all that was found before stays, and ends quietly.
 *
 * <p>One refresh runs at a time. The listener is called under this object's own lock, so {@link
 * #close} waits for such a call: do not close while holding what the listener waits for.
 */
@ConsumerType
public abstract class PeriodicDiscovery implements Discovery {
  private final ScheduledExecutorService scheduler;
  private final long interval;
  private final Object lock = new Object();

  // All guarded by the lock.
  private final FoundGroups found = new FoundGroups();
  private final List<String> problems = new ArrayList<>();
  private @Nullable TargetGroupListener listener;
  private @Nullable ScheduledFuture<?> next;
  private long nextAt;
  private @Nullable Long soonerAt;
  private boolean running;
  private boolean closed;

  /**
   * A discovery.
   *
   * @param scheduler where the refreshes run: from the {@link io.narthex.api.scope.BundleScope}; it
   *     may be shared, and is not closed by this discovery
   * @param interval the pause between two refreshes
   */
  protected PeriodicDiscovery(ScheduledExecutorService scheduler, Duration interval) {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(
          "the interval of a refresh must be above 0, got %s".formatted(interval));
    }
    this.scheduler = scheduler;
    this.interval = interval.toNanos();
  }

  /**
   * Finds all groups there are now, each with a source of its own. May block; is interrupted when
   * the discovery is closed.
   *
   * @throws Exception if targets could not be found, with a message for the operator; what was
   *     found before stays
   */
  protected abstract List<TargetGroup> refresh() throws Exception;

  /**
   * Called inside {@link #refresh}: a part of it failed, for which it gives what it found there
   * before. The listener hears of it after the groups.
   */
  protected final void partFailed(String problem) {
    synchronized (lock) {
      problems.add(problem);
    }
  }

  /**
   * Asks for a refresh that begins within this time, if none would otherwise. May be called from
   * any thread, and inside {@link #refresh}, where it means the one after. So a mechanism that
   * learns of changes shows them soon; calls that come together cost one refresh.
   */
  protected final void refreshWithin(Duration delay) {
    synchronized (lock) {
      long at = System.nanoTime() + delay.toNanos();
      if (running) {
        soonerAt = soonerAt == null ? at : earlier(at, soonerAt);
      } else if (!closed && listener != null && at - nextAt < 0) {
        nextAt = at;
        schedule();
      }
    }
  }

  @Override
  public final void start(TargetGroupListener listener) {
    synchronized (lock) {
      if (this.listener != null || closed) {
        throw new IllegalStateException("a discovery is started only once, and not after its end");
      }
      this.listener = listener;
      nextAt = System.nanoTime();
      schedule();
    }
  }

  @Override
  public final void close() {
    ScheduledFuture<?> current;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      current = next;
    }
    if (current != null) {
      current.cancel(true);
    }
    closed();
  }

  /** Called once when the discovery was closed: frees what the mechanism holds. */
  protected void closed() {
    // Most hold nothing.
  }

  /** Replaces what is scheduled; holds the lock. */
  private void schedule() {
    if (next != null) {
      next.cancel(false);
    }
    long delay = Math.max(0, nextAt - System.nanoTime());
    next = scheduler.schedule(this::run, delay, TimeUnit.NANOSECONDS);
  }

  private void run() {
    if (!begin()) {
      return;
    }
    try {
      List<TargetGroup> groups = refresh();
      if (!Thread.currentThread().isInterrupted()) {
        deliver(groups);
      }
    } catch (InterruptedException e) {
      // Closed, or the bundle stops: nobody wants to know.
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (!Thread.currentThread().isInterrupted()) {
        fail(e);
      }
    } catch (Error e) {
      fail(e);
      throw e;
    } finally {
      end();
    }
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  private boolean begin() {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      running = true;
      soonerAt = null;
      problems.clear();
      return true;
    }
  }

  private void end() {
    synchronized (lock) {
      running = false;
      if (closed) {
        return;
      }
      long regular = System.nanoTime() + interval;
      nextAt = soonerAt == null ? regular : earlier(regular, soonerAt);
      next = null;
      try {
        schedule();
      } catch (RejectedExecutionException e) {
        // The scheduler ended with its bundle, before this discovery was closed: it is over.
        listener = null;
      }
    }
  }

  private void deliver(List<TargetGroup> groups) {
    synchronized (lock) {
      if (closed || listener == null) {
        return;
      }
      List<TargetGroup> changes = found.changes(groups);
      listener.update(changes);
      found.replace(groups);
      if (!problems.isEmpty()) {
        listener.failed(String.join("; ", problems));
      }
    }
  }

  private void fail(Throwable e) {
    synchronized (lock) {
      if (!closed && listener != null) {
        String message = e.getMessage();
        listener.failed(message == null || message.isBlank() ? e.toString() : message);
      }
    }
  }
}
