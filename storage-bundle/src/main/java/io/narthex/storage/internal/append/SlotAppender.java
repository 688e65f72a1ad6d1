package io.narthex.storage.internal.append;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.StorageErrors;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.lease.Leases;
import io.narthex.storage.internal.series.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Collects the samples of a transaction; {@link Committer} makes them durable and visible. */
public final class SlotAppender implements Appender {
  private static final int MAX_LABEL_CHARS = 64 * 1024;

  private final Committer committer;
  private final Leases leases;
  private final int partition;
  private final Map<Labels, Integer> slotOf = new HashMap<>();
  private Slot[] slots = new Slot[16];
  private int slotCount;

  private int[] sampleSlots = new int[64];
  private long[] times = new long[64];
  private long[] bits = new long[64];
  private int size;
  private long stamp = 1;
  private long minTime;
  private long maxTime;
  private boolean closed;

  /** An appender to a log partition, leased. */
  public SlotAppender(Committer committer, Leases leases, int partition) {
    this.committer = committer;
    this.leases = leases;
    this.partition = partition;
    leases.take();
  }

  @Override
  public int slot(Labels labels) {
    checkOpen();
    Integer known = slotOf.get(labels);
    if (known != null) {
      return known;
    }
    Slot slot = new Slot(labels);
    slot.series = committer.findOrAdmit(labels);
    rejectHuge(labels);
    if (slotCount == slots.length) {
      slots = Arrays.copyOf(slots, slotCount * 2);
    }
    slots[slotCount] = slot;
    slotOf.put(labels, slotCount);
    return slotCount++;
  }

  private static void rejectHuge(Labels labels) {
    long chars = 0;
    for (int i = 0; i < labels.size(); i++) {
      chars += labels.name(i).length() + labels.value(i).length();
    }
    if (chars > MAX_LABEL_CHARS) {
      throw new NarthexException(
          StorageErrors.SERIES_LIMIT,
          "the labels of series \"%s\" have %d characters, at most %d can be stored"
              .formatted(labels.metricName(), chars, MAX_LABEL_CHARS));
    }
  }

  @Override
  public AppendOutcome append(int slot, long timestamp, double value) {
    checkOpen();
    if (slot < 0 || slot >= slotCount) {
      throw new IllegalArgumentException(
          "slot %d was not given out by this appender, which has %d".formatted(slot, slotCount));
    }
    if (size == 0) {
      minTime = committer.oldestAllowed();
      maxTime = committer.newestAllowed();
    }
    long raw = Double.doubleToRawLongBits(value);
    AppendOutcome outcome =
        timestamp < minTime || timestamp > maxTime
            ? AppendOutcome.OUT_OF_BOUNDS
            : outcome(slots[slot], timestamp, raw, stamp);
    if (outcome == AppendOutcome.ACCEPTED) {
      add(slot, timestamp, raw);
    } else {
      committer.counters().refused(outcome);
    }
    return outcome;
  }

  private void add(int slot, long timestamp, long raw) {
    if (size == times.length) {
      sampleSlots = Arrays.copyOf(sampleSlots, size * 2);
      times = Arrays.copyOf(times, size * 2);
      bits = Arrays.copyOf(bits, size * 2);
    }
    sampleSlots[size] = slot;
    times[size] = timestamp;
    bits[size++] = raw;
    Slot changed = slots[slot];
    changed.stamp = stamp;
    changed.time = timestamp;
    changed.bits = raw;
  }

  /**
   * What becomes of a sample, by what this pass has already seen of the series or else by what is
   * stored.
   */
  static AppendOutcome outcome(Slot slot, long time, long raw, long pass) {
    if (slot.stamp == pass) {
      if (time > slot.time) {
        return AppendOutcome.ACCEPTED;
      }
      if (time < slot.time) {
        return AppendOutcome.OUT_OF_ORDER;
      }
      return raw == slot.bits ? AppendOutcome.ALREADY_THERE : AppendOutcome.DUPLICATE_TIMESTAMP;
    }
    Series series = slot.series;
    return series == null || series.removed() ? AppendOutcome.ACCEPTED : series.check(time, raw);
  }

  @Override
  public CommitReceipt commit() {
    checkOpen();
    try {
      return committer.commit(this);
    } finally {
      rollback();
    }
  }

  @Override
  public void rollback() {
    size = 0;
    stamp++;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      size = 0;
      leases.giveBack();
    }
  }

  private void checkOpen() {
    leases.check();
    if (closed) {
      throw new IllegalStateException("the appender is closed");
    }
  }

  int partition() {
    return partition;
  }

  int size() {
    return size;
  }

  Slot slotOfSample(int i) {
    return slots[sampleSlots[i]];
  }

  long time(int i) {
    return times[i];
  }

  long bits(int i) {
    return bits[i];
  }

  /** Looks up the series that the commit has made. */
  void bindNewSeries(Head head) {
    for (int i = 0; i < size; i++) {
      Slot slot = slots[sampleSlots[i]];
      if (slot.series == null) {
        slot.series = head.find(slot.labels);
      }
    }
  }

  /**
   * Begins another pass over the transaction; what {@link Slot} said of the one before does not
   * hold any more.
   */
  long nextPass() {
    return ++stamp;
  }
}
