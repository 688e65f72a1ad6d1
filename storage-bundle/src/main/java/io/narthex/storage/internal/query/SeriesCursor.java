package io.narthex.storage.internal.query;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SampleKind;
import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.Deletions;
import io.narthex.storage.internal.series.LooseView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of one series after the other: those in rows, those in chunks, or all merged by
 * time.
 */
final class SeriesCursor implements SampleCursor {
  private final long minTime;
  private final long maxTime;
  private final ReadGuard guard;
  private final RowReader rows;
  private final RowSource rowSource;
  private final ChunkSource inOrder;
  private final List<ChunkSource> late = new ArrayList<>(0);
  private final SampleMerge merge = new SampleMerge();
  private boolean hasRows;
  private LooseView loose = LooseView.NOTHING;
  private boolean isMerging;
  private Deletions deletions = Deletions.NONE;

  SeriesCursor(long mark, long minTime, long maxTime, ReadGuard guard) {
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.guard = guard;
    this.rows = new RowReader(mark, minTime, maxTime);
    this.rowSource = new RowSource(rows);
    this.inOrder = new ChunkSource(minTime, maxTime, guard::check);
  }

  void reset(@Nullable PanelRows inRows, int slot, LooseView inChunks, Deletions ofSeries) {
    deletions = ofSeries.overlaps(minTime, maxTime) ? ofSeries : Deletions.NONE;
    rows.reset(inRows, slot);
    inOrder.reset(inChunks.inOrder());
    hasRows = inRows != null;
    loose = inChunks;
    isMerging = false;
    merge.clear();
  }

  @Override
  public int read(long[] timestamps, double[] values, int offset, int length) {
    guard.enter();
    try {
      int n =
          isMerging || needsMerge()
              ? readMerged(timestamps, values, offset, length)
              : hasRows
                  ? rows.read(timestamps, values, offset, length)
                  : inOrder.read(timestamps, values, offset, length);
      return n == 0 && length > 0 ? -1 : n;
    } finally {
      guard.exit();
    }
  }

  private boolean needsMerge() {
    return deletions != Deletions.NONE
        || loose.late().length > 0
        || hasRows && loose.inOrder().length > 0;
  }

  private int readMerged(long[] timestamps, double[] values, int offset, int length) {
    beginMerge();
    int n = 0;
    while (n < length && nextMerged()) {
      SampleSource sample = merge.sample();
      if (sample.kind() == SampleKind.FLOAT) {
        timestamps[offset + n] = sample.time();
        values[offset + n++] = sample.value();
      }
    }
    return n;
  }

  private boolean nextMerged() {
    boolean has;
    do {
      has = merge.next();
    } while (has && deletions != Deletions.NONE && deletions.has(merge.sample().time()));
    return has;
  }

  /** From here on sample by sample; the sources go on where they are. */
  private void beginMerge() {
    if (isMerging) {
      return;
    }
    isMerging = true;
    if (hasRows) {
      rowSource.reset();
      merge.add(rowSource);
    }
    merge.add(inOrder);
    int n = 0;
    for (Chunk[] chain : Chains.of(loose.late())) {
      if (n == late.size()) {
        late.add(new ChunkSource(minTime, maxTime, guard::check));
      }
      late.get(n).reset(chain);
      merge.add(late.get(n++));
    }
  }

  @Override
  public boolean next() {
    guard.enter();
    try {
      beginMerge();
      return nextMerged();
    } finally {
      guard.exit();
    }
  }

  @Override
  public SampleKind kind() {
    return merge.sample().kind();
  }

  @Override
  public long timestamp() {
    return merge.sample().time();
  }

  @Override
  public double value() {
    return merge.sample().value();
  }

  @Override
  public NativeHistogram histogram() {
    return merge.sample().histogram();
  }
}
