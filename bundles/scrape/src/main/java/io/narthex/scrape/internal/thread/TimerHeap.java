package io.narthex.scrape.internal.thread;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers by their time, the next first; each knows its place, so that cancelling one among
 * thousands is quick. May be used from any thread.
 */
final class TimerHeap {
  private Entry[] heap = new Entry[64];
  private int size;

  private final Entry none = new Entry(() -> {}, 0);

  final class Entry implements Timetable.Timer {
    private final Runnable task;
    private final long nanos;
    private int index = -1;

    private Entry(Runnable task, long nanos) {
      this.task = task;
      this.nanos = nanos;
    }

    @Override
    public void cancel() {
      synchronized (TimerHeap.this) {
        if (index >= 0) {
          remove(index);
        }
      }
    }

    private boolean isBefore(Entry other) {
      return nanos - other.nanos < 0;
    }
  }

  /**
   * Adds a timer.
   *
   * @param nanos the time by the monotonic clock
   */
  synchronized Entry add(Runnable task, long nanos) {
    Entry entry = new Entry(task, nanos);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    size++;
    moveUp(size - 1, entry);
    return entry;
  }

  /** Takes the task of a timer whose time has come, or null if there is none. */
  synchronized @Nullable Runnable takeDue(long nowNanos) {
    if (size == 0 || heap[0].nanos - nowNanos > 0) {
      return null;
    }
    Runnable task = heap[0].task;
    remove(0);
    return task;
  }

  /** Whether the next timer should have run this long ago. */
  synchronized boolean isLate(long nowNanos, long nanos) {
    return size > 0 && nowNanos - heap[0].nanos > nanos;
  }

  /** How long it is to the next timer: at least 0, and no more than the limit. */
  synchronized long nanosToNext(long nowNanos, long limit) {
    return size == 0 ? limit : Math.clamp(heap[0].nanos - nowNanos, 0, limit);
  }

  /** Whether this timer is the next. */
  synchronized boolean isNext(Entry entry) {
    return entry.index == 0;
  }

  private void remove(int at) {
    heap[at].index = -1;
    size--;
    Entry last = heap[size];
    heap[size] = none;
    if (at < size) {
      if (at > 0 && last.isBefore(heap[(at - 1) / 2])) {
        moveUp(at, last);
      } else {
        moveDown(at, last);
      }
    }
  }

  private void moveUp(int from, Entry entry) {
    int at = from;
    while (at > 0 && entry.isBefore(heap[(at - 1) / 2])) {
      place(at, heap[(at - 1) / 2]);
      at = (at - 1) / 2;
    }
    place(at, entry);
  }

  private void moveDown(int from, Entry entry) {
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(entry)) {
        break;
      }
      place(at, heap[child]);
      at = child;
    }
    place(at, entry);
  }

  private void place(int at, Entry entry) {
    heap[at] = entry;
    entry.index = at;
  }
}
