package io.narthex.storage.internal.checkpoint;

import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.head.HeadImage;
import io.narthex.storage.internal.panel.PanelImage;
import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.LooseSamples;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Writes a checkpoint; {@link CheckpointFormat} has the format. For use by one thread. */
final class CheckpointWriter {
  private final RecordWriter out;
  private final BooleanSupplier cancelled;
  private long panels;
  private long series;

  CheckpointWriter(FileChannel channel, BooleanSupplier cancelled) throws IOException {
    this.out = new RecordWriter(channel);
    this.cancelled = cancelled;
  }

  /**
   * Writes all; gives how many bytes.
   *
   * @throws IOException if the disk does not take it, or it was cancelled
   */
  long write(Origin origin, HeadImage head, List<ExemplarRing.Kept> exemplars) throws IOException {
    begin(origin);
    for (int id : head.panels()) {
      PanelImage panel = head.panel(id);
      if (panel != null) {
        panel(panel);
        endIfFull(CheckpointFormat.PANELS);
        panels++;
      }
    }
    end(CheckpointFormat.PANELS);
    List<HeadImage.SeriesImage> some;
    while ((some = head.nextSeries()) != null) {
      for (HeadImage.SeriesImage each : some) {
        series(each);
        endIfFull(CheckpointFormat.SERIES);
        series++;
      }
    }
    end(CheckpointFormat.SERIES);
    for (ExemplarRing.Kept each : exemplars) {
      out.labels(each.series());
      out.labels(each.exemplar().labels());
      out.fixed(Double.doubleToRawLongBits(each.exemplar().value()), 8);
      out.zigzag(each.exemplar().timestamp());
      endIfFull(CheckpointFormat.EXEMPLARS);
    }
    end(CheckpointFormat.EXEMPLARS);
    out.uvarint(panels);
    out.uvarint(series);
    end(CheckpointFormat.END);
    return out.written();
  }

  private void begin(Origin origin) throws IOException {
    out.zigzag(origin.wallMillis());
    out.uvarint(origin.after().size());
    origin
        .after()
        .forEach(
            position -> {
              out.uvarint(position.epoch());
              out.uvarint(position.index());
            });
    out.uvarint(origin.nextPanel());
    end(CheckpointFormat.BEGIN);
  }

  private void panel(PanelImage panel) {
    out.uvarint(panel.id());
    out.uvarint(panel.slots());
    out.uvarint(panel.rowsSinceBase());
    out.zigzag(panel.lastSealed());
    out.zigzag(panel.lastTime());
    out.zigzag(panel.timeBefore());
    out.zigzag(panel.lastLoose());
    times(panel.begins());
    times(panel.ends());
    out.uvarint(panel.inFiles().length);
    long before = 0;
    for (long place : panel.inFiles()) {
      out.uvarint(place - before);
      before = place;
    }
    out.uvarint(panel.unfiled().size());
    for (PanelImage.Part part : panel.unfiled()) {
      out.zigzag(part.before());
      out.zigzag(part.from());
      out.zigzag(part.to());
      out.bytes(part.bytes());
    }
    out.uvarint(panel.rows().size());
    for (PanelImage.Row row : panel.rows()) {
      out.zigzag(row.time());
      out.bytes(row.bytes());
    }
  }

  private void times(long[] times) {
    int n = 0;
    for (long time : times) {
      n += time == Long.MIN_VALUE ? 0 : 1;
    }
    out.uvarint(n);
    int next = 0;
    for (int slot = 0; slot < times.length; slot++) {
      if (times[slot] != Long.MIN_VALUE) {
        out.uvarint(slot - next);
        out.zigzag(times[slot]);
        next = slot + 1;
      }
    }
  }

  private void series(HeadImage.SeriesImage each) {
    out.labels(each.labels());
    out.uvarint(each.panel() + 1L);
    if (each.panel() >= 0) {
      out.uvarint(each.slot());
    }
    out.uvarint(each.deleted().size());
    for (int i = 0; i < each.deleted().size(); i++) {
      out.zigzag(each.deleted().from(i));
      out.zigzag(each.deleted().to(i));
    }
    LooseSamples.Saved loose = each.loose();
    chunks(loose == null ? List.of() : loose.inOrder());
    chunks(loose == null ? List.of() : loose.late());
    chunks(loose == null ? List.of() : loose.lateOpen());
  }

  private void chunks(List<Chunk> chunks) {
    out.uvarint(chunks.size());
    for (Chunk chunk : chunks) {
      out.u8(chunk.encoding());
      out.zigzag(chunk.minTime());
      out.uvarint(chunk.maxTime() - chunk.minTime());
      out.uvarint(chunk.count());
      out.bytes(chunk.bytes());
    }
  }

  private void endIfFull(int kind) throws IOException {
    if (out.isFull()) {
      end(kind);
    }
  }

  private void end(int kind) throws IOException {
    if (cancelled.getAsBoolean()) {
      throw new IOException("cancelled");
    }
    if (!out.isEmpty()) {
      out.end(kind);
    }
  }
}
