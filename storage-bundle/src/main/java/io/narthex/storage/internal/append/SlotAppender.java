package io.narthex.storage.internal.append;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.StorageErrors;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.lease.Leases;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.SlotValue;
import io.narthex.storage.internal.series.LooseSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the samples of a transaction; {@link Committer} makes them durable and visible. */
public final class SlotAppender implements Appender {
  private static final int MAX_LABEL_CHARS = 64 * 1024;
  private static final long STALE = Double.doubleToRawLongBits(StaleMarker.VALUE);

  private static final int FEW = 16;

  private final Committer committer;
  private final Leases leases;
  private final int partition;
  private final SlotTable slots;
  private final PanelRows rows = new PanelRows();

  private int[] sampleSlots = new int[FEW];
  private long[] times = new long[FEW];
  private long[] bits = new long[FEW];
  private long[] numbers = new long[FEW];
  private byte[] forms = new byte[FEW];
  private @Nullable NativeHistogram[] histograms = {};
  private int size;
  private final List<PendingExemplar> exemplars = new ArrayList<>(0);
  private Set<String> newNames = new HashSet<>(0);
  private int stamp = 1;
  private int limitsOf;
  private long minTime;
  private long maxTime;
  private long lateFrom;
  private boolean closed;

  /** An appender to a log partition, leased. */
  public SlotAppender(Committer committer, Leases leases, int partition) {
    this.committer = committer;
    this.leases = leases;
    this.partition = partition;
    this.slots = new SlotTable(committer.head());
    leases.take();
  }

  @Override
  public int slot(Labels labels) {
    checkOpen();
    int known = slots.find(labels);
    if (known != SlotTable.NONE) {
      return known;
    }
    rejectHuge(labels);
    int series = committer.head().findAndHold(labels);
    if (series == Slot.NONE) {
      return slots.addNew(labels, committer.room().reserve(labels, newNames));
    }
    committer.room().addSlot();
    return slots.add(labels, series);
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
    long raw = Double.doubleToRawLongBits(value);
    checkSlot(slot);
    int form = SlotValue.formOf(raw, rows.lastForm(slot));
    return append(slot, timestamp, raw, SlotValue.numberOf(raw, form), form);
  }

  @Override
  public AppendOutcome append(int slot, long timestamp, double value, long mantissa, int decimals) {
    long raw = Double.doubleToRawLongBits(value);
    return mantissa == 0 && raw != 0 || !SlotValue.isDecimal(mantissa, decimals)
        ? append(slot, timestamp, raw, raw, SlotValue.RAW)
        : append(slot, timestamp, raw, mantissa, decimals);
  }

  private AppendOutcome append(int slot, long timestamp, long raw, long number, int form) {
    checkOpen();
    if (limitsOf != stamp) {
      readLimits();
    }
    if (raw == STALE) {
      NativeHistogram end = endOfHistograms(slot);
      if (end != null) {
        return append(slot, timestamp, end);
      }
    }
    if (size == 0) {
      if (timestamp >= minTime
          && timestamp <= maxTime
          && rows.put(slot, timestamp, number, form, stamp)) {
        return AppendOutcome.ACCEPTED;
      }
      if (rows.count() > 0) {
        spill();
      }
    }
    return append(slot, timestamp, raw, number, form, null);
  }

  @Override
  public AppendOutcome append(int slot, long timestamp, NativeHistogram histogram) {
    checkOpen();
    checkSize(histogram);
    if (!histogram.isStale()) {
      histogram.validate();
    }
    if (limitsOf != stamp) {
      readLimits();
    }
    if (rows.count() > 0) {
      spill();
    }
    return append(slot, timestamp, 0, 0, SlotValue.RAW, histogram);
  }

  private static void checkSize(NativeHistogram histogram) {
    long size = HistogramSize.of(histogram);
    if (size > HistogramSize.MOST) {
      throw new NarthexException(
          StorageErrors.SAMPLE_TOO_LARGE,
          "the histogram has %d buckets, spans and bounds, at most %d can be stored"
              .formatted(size, HistogramSize.MOST));
    }
  }

  private AppendOutcome append(
      int slot,
      long timestamp,
      long raw,
      long number,
      int form,
      @Nullable NativeHistogram histogram) {
    Slot of = checked(slot);
    AppendOutcome outcome =
        timestamp < minTime || timestamp > maxTime
            ? AppendOutcome.OUT_OF_BOUNDS
            : outcome(of, timestamp, raw, histogram, stamp);
    boolean isLate = isLate(outcome, timestamp);
    if (outcome == AppendOutcome.ACCEPTED || isLate) {
      add(slot, timestamp, raw);
      numbers[size - 1] = number;
      forms[size - 1] = (byte) form;
      if (histogram != null) {
        keep(size - 1, histogram);
      }
      if (!isLate) {
        note(size - 1, stamp);
      }
      return AppendOutcome.ACCEPTED;
    }
    AppendOutcome refusal = refusal(outcome);
    committer.counters().refused(refusal, histogram != null);
    return refusal;
  }

  private void keep(int i, NativeHistogram histogram) {
    if (i >= histograms.length) {
      histograms = Arrays.copyOf(histograms, times.length);
    }
    histograms[i] = histogram;
  }

  /** Whether a sample that is not newer than its series' last may come out of order. */
  boolean isLate(AppendOutcome outcome, long time) {
    return outcome == AppendOutcome.OUT_OF_ORDER && time >= lateFrom;
  }

  /** What is said of a sample that does not go in. */
  AppendOutcome refusal(AppendOutcome outcome) {
    return outcome == AppendOutcome.OUT_OF_ORDER && lateFrom != Long.MAX_VALUE
        ? AppendOutcome.TOO_OLD
        : outcome;
  }

  private Slot checked(int slot) {
    checkSlot(slot);
    return slots.get(slot);
  }

  private void checkSlot(int slot) {
    if (slot < 0 || slot >= slots.size()) {
      throw new IllegalArgumentException(
          "slot %d was not given out by this appender, which has %d".formatted(slot, slots.size()));
    }
  }

  /** Once for each transaction. */
  private void readLimits() {
    limitsOf = stamp;
    minTime = committer.oldestAllowed();
    maxTime = committer.newestAllowed();
    lateFrom = committer.lateFrom();
  }

  /** Something is not as usual: what was collected as rows is collected sample by sample. */
  void spill() {
    rows.forEach(
        (slot, time, number, form) -> {
          add(slot, time, SlotValue.bits(number, form));
          numbers[size - 1] = number;
          forms[size - 1] = (byte) form;
          note(size - 1, stamp);
        });
    rows.clear();
  }

  private void allocate(int samples) {
    sampleSlots = Arrays.copyOf(sampleSlots, samples);
    times = Arrays.copyOf(times, samples);
    bits = Arrays.copyOf(bits, samples);
    numbers = Arrays.copyOf(numbers, samples);
    forms = Arrays.copyOf(forms, samples);
    histograms = histograms.length > samples ? new NativeHistogram[0] : histograms;
  }

  private void add(int slot, long timestamp, long raw) {
    if (size == times.length) {
      allocate(size + size / 2);
    }
    sampleSlots[size] = slot;
    times[size] = timestamp;
    bits[size++] = raw;
  }

  /** The sample goes in, in order: it is the newest of its series in this pass. */
  void note(int i, int pass) {
    Slot of = slotOfSample(i);
    NativeHistogram histogram = histogram(i);
    of.stamp = pass;
    of.pass().time = times[i];
    of.pass().bits = bits[i];
    of.pass().histogram = histogram;
    of.pass().goesLoose |= histogram != null;
  }

  /** What ends the series of a slot in place of a float, if its last sample is a histogram. */
  private @Nullable NativeHistogram endOfHistograms(int slot) {
    checkSlot(slot);
    if (end(slot, stamp) == null) {
      return null;
    }
    // It may have a float in a row that has begun.
    spill();
    return end(slot, stamp);
  }

  private @Nullable NativeHistogram end(int slot, int pass) {
    Slot known = slots.touched(slot);
    int series = known == null ? slots.series(slot) : known.series;
    NativeHistogram before =
        known != null && known.stamp == pass
            ? known.pass().histogram
            : committer.head().lastHistogram(series);
    return switch (before) {
      case null -> null;
      case Histogram h -> Histogram.STALE;
      case FloatHistogram h -> FloatHistogram.STALE;
    };
  }

  /** A float that says that its series ended is a histogram if the sample before it was one. */
  void endAsItsSeries(int i, int pass) {
    if (bits[i] == STALE && histogram(i) == null) {
      NativeHistogram end = end(sampleSlots[i], pass);
      if (end != null) {
        keep(i, end);
      }
    }
  }

  /** What becomes of a sample of the transaction. */
  AppendOutcome outcome(int i, int pass) {
    return outcome(slotOfSample(i), times[i], bits[i], histogram(i), pass);
  }

  /**
   * What becomes of a sample, by what this pass has already seen of the series or else by what is
   * stored.
   */
  private AppendOutcome outcome(
      Slot slot, long time, long raw, @Nullable NativeHistogram histogram, int pass) {
    if (slot.stamp == pass) {
      if (time > slot.pass().time) {
        return AppendOutcome.ACCEPTED;
      }
      if (time < slot.pass().time) {
        return AppendOutcome.OUT_OF_ORDER;
      }
      return LooseSamples.isSame(raw, histogram, slot.pass().bits, slot.pass().histogram)
          ? AppendOutcome.ALREADY_THERE
          : AppendOutcome.DUPLICATE_TIMESTAMP;
    }
    int series = slot.series;
    return series == Slot.NONE || committer.head().isRemoved(series)
        ? AppendOutcome.ACCEPTED
        : committer.head().check(series, time, raw, histogram);
  }

  @Override
  public ExemplarOutcome exemplar(int slot, Exemplar exemplar) {
    checkOpen();
    Slot of = checked(slot);
    ExemplarOutcome outcome = committer.check(slots.labels(slot), exemplar);
    if (outcome == ExemplarOutcome.ACCEPTED) {
      exemplars.add(new PendingExemplar(of, exemplar));
    }
    return outcome;
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
    slots.forgetTouched();
    if (size == 0 && times.length > FEW) {
      // All was as usual, and most likely will be.
      allocate(FEW);
    }
    Arrays.fill(histograms, 0, Math.min(size, histograms.length), null);
    size = 0;
    rows.clear();
    exemplars.clear();
    stamp++;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      rollback();
      committer.room().giveBack(slots);
      slots.close();
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

  boolean isEmpty() {
    return size == 0 && rows.count() == 0 && exemplars.isEmpty();
  }

  /** What was collected as rows; nothing else was collected then, but perhaps exemplars. */
  PanelRows rows() {
    return rows;
  }

  /** An exemplar of the transaction in progress. */
  record PendingExemplar(Slot slot, Exemplar exemplar) {}

  List<PendingExemplar> exemplars() {
    return exemplars;
  }

  Slot slotOfSample(int i) {
    return slots.get(sampleSlots[i]);
  }

  long time(int i) {
    return times[i];
  }

  /** The times of all samples, and more. */
  long[] times() {
    return times;
  }

  long bits(int i) {
    return bits[i];
  }

  /** The sample, if it is a histogram. */
  @Nullable NativeHistogram histogram(int i) {
    return i < histograms.length ? histograms[i] : null;
  }

  long number(int i) {
    return numbers[i];
  }

  int form(int i) {
    return forms[i];
  }

  /** The labels of a slot of this transaction. */
  Labels labels(Slot slot) {
    return slots.labels(slot.number);
  }

  /** Looks up the series that the commit has made, and where their samples went. */
  void bindNewSeries() {
    Head head = committer.head();
    int[] held = new int[size];
    int[] released = new int[size];
    int count = 0;
    long reserved = 0;
    for (int i = 0; i < size; i++) {
      Slot slot = slotOfSample(i);
      int series = slot.series == Slot.NONE ? head.find(labels(slot)) : slot.series;
      if (series != Slot.NONE && series != slots.series(slot.number)) {
        released[count] = slots.series(slot.number);
        held[count++] = series;
        reserved += slots.reserved(slot.number);
        slots.bind(slot.number, series);
      }
      Panel panel = head.panelOf(series);
      if (panel != null) {
        rows.place(slot.number, panel, head.slotOf(series));
      }
    }
    if (count > 0) {
      head.hold(count, i -> held[i]);
      head.release(count, i -> released[i]);
      committer.room().giveBack(reserved);
    }
    if (!newNames.isEmpty()) {
      newNames = new HashSet<>(0);
    }
  }

  /**
   * Begins another pass over the transaction; what {@link Slot} said of the one before does not
   * hold any more.
   */
  int nextPass() {
    return ++stamp;
  }
}
