package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.target.MetricMetadata;
import io.narthex.storage.internal.document.BadDocumentException;
import io.narthex.storage.internal.document.DocumentDecoder;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies commits of one log partition to the head. The outcome follows from the log alone, so
 * replay accepts what was accepted when it was written: a sample is accepted if it is newer than
 * its series' last, and skipped otherwise. A commit is decoded as a whole before anything of it is
 * applied. For use by one thread at a time.
 */
public final class DocumentApplier {
  private final Head head;
  private final ExemplarRing exemplars;
  private final boolean isReplay;
  private final Commit commit = new Commit();
  private int segment;
  private int major;
  private @Nullable SegmentRefs refs;

  /**
   * An applier that waits for the first segment.
   *
   * @param isReplay whether what it applies was written before: then the head may have dropped what
   *     it kept when that was written
   */
  public DocumentApplier(Head head, ExemplarRing exemplars, boolean isReplay) {
    this.head = head;
    this.exemplars = exemplars;
    this.isReplay = isReplay;
  }

  /** A part of a commit, as bytes. */
  public record Part(byte[] bytes, int length) {}

  /**
   * What a commit did.
   *
   * @param histograms how many of the samples are histograms
   * @param late how many of the samples came out of order
   * @param lateHistograms how many are both
   * @param skipped samples that were not newer than their series' last, and rows that were not
   *     newer than their panel's last; samples out of order that are there already are not counted
   * @param maxTime time of its newest accepted sample, or {@link Long#MIN_VALUE}
   */
  public record Applied(
      int samples,
      int histograms,
      int late,
      int lateHistograms,
      int newSeries,
      int skipped,
      long maxTime) {}

  /**
   * Begins a segment: references start anew.
   *
   * @param name tells it apart from all other segments of this process, in {@link Head#refIn}
   * @param ofMajor the major version of its documents
   */
  public void startSegment(int name, int ofMajor) {
    endSegment();
    segment = name;
    major = ofMajor;
    refs = new SegmentRefs();
  }

  /** Forgets the segment; nothing can be applied until another begins. */
  public void endSegment() {
    SegmentRefs ended = refs;
    if (ended != null) {
      refs = null;
      if (isReplay) {
        head.release(ended.size(), ended::bound);
      }
      ended.close();
    }
  }

  /** Whether a segment has begun. */
  public boolean inSegment() {
    return refs != null;
  }

  /** The reference that the next new series will have. */
  public int nextRef() {
    return current().size();
  }

  /** The bits of the last sample of a reference, or 0. */
  public long lastBits(int ref) {
    return current().bits(ref);
  }

  /**
   * Applies a commit.
   *
   * @throws BadDocumentException if a part breaks the format, and then nothing of it is applied; or
   *     if a row does, and then those before it are. The segment has ended then
   */
  public Applied apply(List<Part> parts) {
    commit.begin(current());
    try {
      for (Part part : parts) {
        DocumentDecoder.decodePart(major, part.bytes(), part.length(), commit);
      }
    } catch (BadDocumentException e) {
      endSegment();
      throw e;
    }
    head.writeLock().lock();
    try {
      return applyDecoded(current());
    } finally {
      head.writeLock().unlock();
    }
  }

  private Applied applyDecoded(SegmentRefs to) {
    long oldestReader = head.oldestReader();
    int newSeries = 0;
    for (int i = 0; i < commit.definitions.size(); i++) {
      int limit = head.seriesLimit();
      int series = head.obtain(commit.definitions.get(i));
      newSeries += series == limit ? 1 : 0;
      bind(to, commit.firstRef + i, series);
    }
    for (Binding binding : commit.bindings) {
      if (isReplay) {
        to.bindSlot(binding.panel(), binding.slot(), binding.ref());
      }
      head.place(series(to, binding.ref()), binding.panel(), binding.slot(), segment);
    }
    int accepted = 0;
    int skipped = 0;
    long maxTime = Long.MIN_VALUE;
    for (Row row : commit.rows) {
      // What was sealed before the process started is there already.
      if (isReplay && !head.panels().has(row.panel())) {
        adopt(to, row.panel());
      }
      accepted += head.link(row);
      if (isReplay && head.panels().hasOrphans(row.panel())) {
        adopt(to, row.panel());
      }
      maxTime = Math.max(maxTime, row.time());
    }
    int histograms = 0;
    int late = 0;
    int lateHistograms = 0;
    for (int i = 0; i < commit.size; i++) {
      if (!applyLoose(to, i, oldestReader)) {
        skipped += commit.late[i] ? 0 : 1;
        continue;
      }
      accepted++;
      maxTime = Math.max(maxTime, commit.times[i]);
      int isHistogram = commit.histograms[i] == null ? 0 : 1;
      int isLate = commit.late[i] ? 1 : 0;
      histograms += isHistogram;
      late += isLate;
      lateHistograms += isHistogram & isLate;
    }
    for (Deletion each : commit.deletions) {
      head.delete(series(to, each.ref()), each.from(), each.to());
    }
    commit.exemplars.forEach(
        each -> exemplars.add(head.labelsOf(to.series(each.ref())), each.exemplar()));
    head.complete();
    return new Applied(accepted, histograms, late, lateHistograms, newSeries, skipped, maxTime);
  }

  /** A replay may remove the series and yet find the reference again, so it holds it. */
  private void bind(SegmentRefs in, int ref, int series) {
    head.referTo(series, segment, ref);
    int before = in.bind(ref, series);
    if (isReplay) {
      head.hold(series);
      if (before >= 0) {
        head.release(before);
      }
    }
  }

  /** Applies a loose sample; false if it is not new. */
  private boolean applyLoose(SegmentRefs to, int i, long oldestReader) {
    int series = series(to, commit.refs[i]);
    long time = commit.times[i];
    long bits = commit.bits[i];
    NativeHistogram histogram = commit.histograms[i];
    if (commit.late[i]) {
      return head.insert(series, time, bits, histogram, oldestReader);
    }
    boolean isNew =
        isReplay
            ? head.acceptsInReplay(series, time)
            : head.check(series, time, bits, histogram) == AppendOutcome.ACCEPTED;
    if (isNew) {
      head.append(series, time, bits, histogram, oldestReader);
    }
    return isNew;
  }

  /** A replay may have removed series of a panel that the log goes on with. */
  private void adopt(SegmentRefs from, int panel) {
    boolean isGone = !head.panels().has(panel);
    int[] refs = from.slots(panel);
    for (int slot = 0; slot < refs.length; slot++) {
      if (refs[slot] >= 0
          && head.isRemoved(from.series(refs[slot]))
          && (isGone || head.panels().isPresent(panel, slot))) {
        head.place(series(from, refs[slot]), panel, slot, segment);
      }
    }
  }

  /** A replay may have removed a series that the log goes on with. */
  private int series(SegmentRefs of, int ref) {
    int series = of.series(ref);
    if (head.isRemoved(series)) {
      series = head.obtain(head.labelsOf(series));
      bind(of, ref, series);
    }
    return series;
  }

  private SegmentRefs current() {
    SegmentRefs now = refs;
    if (now == null) {
      throw new BadDocumentException("samples stand before the first segment");
    }
    return now;
  }

  /** A row, as it stands in a document. */
  record Row(int panel, int number, long time, byte[] bytes, int offset, int length) {}

  private record Binding(int panel, int slot, int ref) {}

  private record Deletion(int ref, long from, long to) {}

  /** A commit decoded. */
  private static final class Commit implements DocumentDecoder.PartHandler {
    private final List<Labels> definitions = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private int firstRef;
    private int[] refs = new int[256];
    private long[] times = new long[256];
    private long[] bits = new long[256];
    private @Nullable NativeHistogram[] histograms = new NativeHistogram[256];
    private boolean[] late = new boolean[256];
    private int size;
    private final List<Deletion> deletions = new ArrayList<>(0);
    private final List<ReferredExemplar> exemplars = new ArrayList<>();
    private @Nullable SegmentRefs known;

    private record ReferredExemplar(int ref, Exemplar exemplar) {}

    void begin(SegmentRefs segmentRefs) {
      known = segmentRefs;
      firstRef = segmentRefs.size();
      definitions.clear();
      bindings.clear();
      rows.clear();
      exemplars.clear();
      deletions.clear();
      Arrays.fill(histograms, 0, size, null);
      size = 0;
    }

    @Override
    public void define(int ref, Labels labels) {
      known().add(ref);
      definitions.add(labels);
    }

    @Override
    public void bind(int panel, int slot, int ref) {
      known().requireDefined(ref);
      bindings.add(new Binding(panel, slot, ref));
    }

    @Override
    public void row(int panel, int number, long time, byte[] bytes, int offset, int length) {
      rows.add(new Row(panel, number, time, bytes, offset, length));
    }

    @Override
    public long base(int ref) {
      return known().bits(ref);
    }

    @Override
    public void sample(int ref, long time, long value, boolean isLate) {
      add(ref, time, value, null, isLate);
      known().setBits(ref, value);
    }

    @Override
    public void histogram(int ref, long time, NativeHistogram histogram, boolean isLate) {
      known().requireDefined(ref);
      add(ref, time, 0, histogram, isLate);
    }

    private void add(
        int ref, long time, long value, @Nullable NativeHistogram histogram, boolean isLate) {
      if (size == refs.length) {
        refs = Arrays.copyOf(refs, size * 2);
        times = Arrays.copyOf(times, size * 2);
        bits = Arrays.copyOf(bits, size * 2);
        histograms = Arrays.copyOf(histograms, size * 2);
        late = Arrays.copyOf(late, size * 2);
      }
      refs[size] = ref;
      times[size] = time;
      bits[size] = value;
      histograms[size] = histogram;
      late[size++] = isLate;
    }

    @Override
    public void delete(int ref, long from, long to) {
      known().requireDefined(ref);
      deletions.add(new Deletion(ref, from, to));
    }

    @Override
    public void metadata(MetricMetadata metadata) {
      // Nobody asks the storage for it yet.
    }

    @Override
    public void exemplar(int ref, Exemplar exemplar) {
      known().requireDefined(ref);
      exemplars.add(new ReferredExemplar(ref, exemplar));
    }

    private SegmentRefs known() {
      if (known == null) {
        throw new IllegalStateException("a part is decoded before its commit began");
      }
      return known;
    }
  }
}
