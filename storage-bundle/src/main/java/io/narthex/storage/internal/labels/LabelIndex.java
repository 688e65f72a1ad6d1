package io.narthex.storage.internal.labels;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by their labels, and the labels of series, outside of the Java heap. A series is a
 * number: 0, 1, 2 … in the order of creation; the number of a removed series is not used again.
 *
 * <p>Changed by one writer at a time, under the head's write lock. {@link #view} and {@link #find}
 * need no lock, but must be called by a reader that the reclaimer knows of, or under the head's
 * lock.
 *
 * <p>What is removed costs memory until a clean-up: {@link #startCleanup}, then {@link #cleanUp}
 * until it says that it is done. It copies what is left into new memory, some series at a time, so
 * that the lock is held shortly; until the end both copies take memory. Series may come and go
 * meanwhile.
 */
public final class LabelIndex implements AutoCloseable {
  private final Reclaimer reclaimer;
  private final RemovedSeries removed = new RemovedSeries();
  private volatile State state;
  private int removedCount;
  private int removedSinceCleanup;
  private @Nullable Cleanup cleanup;

  /** What readers see; replaced for each series, so that size and memory belong together. */
  private record State(Generation generation, int next) {}

  private static final class Cleanup {
    final Generation to;
    final Map<NameSet, NameSet> known = new HashMap<>();
    int next;
    int kept;

    Cleanup(Generation to) {
      this.to = to;
    }
  }

  /** An empty index that gives memory that readers may still see to the reclaimer. */
  public LabelIndex(Reclaimer reclaimer) {
    this.reclaimer = reclaimer;
    this.state = new State(new Generation(reclaimer), 0);
  }

  /** What is there now, for a reader. */
  public LabelView view() {
    State now = state;
    return new LabelView(now.generation(), removed, now.next());
  }

  /** The series with exactly these labels that is not removed, or -1. */
  public int find(Labels labels) {
    return state.generation().sets().find(labels);
  }

  /**
   * Adds a series whose labels are not there yet.
   *
   * @return its number
   */
  public int add(Labels labels) {
    State now = state;
    int series = now.next();
    if (series == PostingsCursor.END - 1) {
      throw new IllegalStateException(
          "the head has had %d series: no number is left for %s".formatted(series, labels));
    }
    removed.ensure(series);
    now.generation().add(series, labels);
    state = new State(now.generation(), series + 1);
    return series;
  }

  /** Removes a series: its labels may come again, with another number. */
  public void remove(int series) {
    Generation generation = state.generation();
    if (removed.has(series) || !generation.sets().has(series)) {
      return;
    }
    generation.sets().remove(series);
    Cleanup running = cleanup;
    if (running != null && series < running.next) {
      running.to.sets().remove(series);
    }
    removed.add(series);
    removedCount++;
    removedSinceCleanup++;
  }

  /** Whether a series that was there has been removed. */
  public boolean isRemoved(int series) {
    return removed.has(series);
  }

  /** The labels of a series, which may be removed as long as it was not cleaned up. */
  public Labels labels(int series) {
    return view().labels(series);
  }

  /** Whether a series, as above, has exactly these labels; makes no objects. */
  public boolean isEqual(int series, Labels labels) {
    return state.generation().sets().isEqual(series, labels);
  }

  /** How many series there are that are not removed. */
  public int size() {
    return state.next() - removedCount;
  }

  /** How many removed series still take memory, those left out that a clean-up has kept. */
  public int removedSize() {
    return removedSinceCleanup;
  }

  /** Begins to make the memory of removed series free, unless that has begun. */
  public void startCleanup() {
    if (cleanup == null) {
      cleanup = new Cleanup(new Generation(reclaimer));
    }
  }

  /** A removed series that a clean-up has kept is needed no more: the next one takes it. */
  public void noteReleased() {
    removedSinceCleanup++;
  }

  /** Does a part of a clean-up that keeps no removed series. */
  public boolean cleanUp(int series) {
    return cleanUp(series, unused -> false);
  }

  /**
   * Does a part of a clean-up.
   *
   * @param series how many series to look at
   * @param isNeeded of which removed series the labels have to stay
   * @return whether the clean-up has ended, or none was begun
   */
  public boolean cleanUp(int series, IntPredicate isNeeded) {
    Cleanup running = cleanup;
    if (running == null) {
      return true;
    }
    State now = state;
    Generation from = now.generation();
    PostingsCursor cursor = from.all(now.next());
    int id = cursor.seek(running.next);
    for (int i = 0; i < series && id != PostingsCursor.END; i++) {
      boolean isThere = !removed.has(id);
      if (isThere || isNeeded.test(id)) {
        running.to.add(id, isThere, from, running.known);
        running.kept += isThere ? 0 : 1;
      }
      running.next = id + 1;
      id = cursor.next();
    }
    if (id != PostingsCursor.END) {
      return false;
    }
    removedSinceCleanup = running.to.size() - running.kept - size();
    state = new State(running.to, now.next());
    cleanup = null;
    reclaimer.retire(from::close);
    return true;
  }

  /**
   * About how many bytes a series with these labels would add.
   *
   * @param newNames names that are counted already; those that are not here are added
   * @return hardly ever too few
   */
  public long bytesOf(Labels labels, Set<String> newNames) {
    LabelView view = view();
    long sum = LabelSets.BYTES_OF_SERIES;
    for (int i = 0; i < labels.size(); i++) {
      sum += LabelSets.BYTES_OF_LABEL + view.bytesOfNew(labels.name(i), labels.value(i), newNames);
    }
    return sum;
  }

  /** About how many bytes it takes, by count of what is in it. */
  public long countedBytes() {
    return state.generation().sets().countedBytes();
  }

  /** What it takes by kind, a running clean-up left out. */
  public LabelBytes bytes() {
    return state.generation().sets().bytes();
  }

  /** All bytes that are allocated outside of the heap, a running clean-up's among them. */
  public long allocatedBytes() {
    Cleanup running = cleanup;
    return state.generation().allocatedBytes()
        + removed.bytes()
        + (running == null ? 0 : running.to.allocatedBytes());
  }

  /** Frees all memory; no reader may be left. */
  @Override
  public void close() {
    Cleanup running = cleanup;
    if (running != null) {
      running.to.close();
      cleanup = null;
    }
    state.generation().close();
    removed.close();
  }
}
