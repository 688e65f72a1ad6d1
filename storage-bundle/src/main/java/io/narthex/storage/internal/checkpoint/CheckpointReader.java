package io.narthex.storage.internal.checkpoint;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.chunk.ChunkReader;
import io.narthex.storage.internal.head.HeadImage;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.PanelImage;
import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.Deletions;
import io.narthex.storage.internal.series.LooseSamples;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a checkpoint; {@link CheckpointFormat} has the format. For use by one thread. */
final class CheckpointReader {
  private final RecordReader in;
  private final CheckpointHandler handler;
  private long panels;
  private long series;

  private CheckpointReader(RecordReader in, CheckpointHandler handler) {
    this.in = in;
    this.handler = handler;
  }

  /**
   * Hands over all that is in a file.
   *
   * @return where the checkpoint stands
   * @throws BadCheckpointException if it is not whole: then some may have been handed over
   * @throws NarthexException if a newer version wrote it
   */
  static Origin read(Path file, CheckpointHandler handler) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      RecordReader in = open(file, channel);
      CheckpointReader reader = new CheckpointReader(in, handler);
      Origin origin = reader.begin();
      reader.rest();
      return origin;
    }
  }

  /** Where the checkpoint in a file stands; the rest of the file is not looked at. */
  static Origin origin(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new CheckpointReader(open(file, channel), new CheckpointHandler() {}).begin();
    }
  }

  private static RecordReader open(Path file, FileChannel channel) throws IOException {
    RecordReader in = new RecordReader(channel);
    if (in.major() != CheckpointFormat.MAJOR) {
      throw new NarthexException(
          LogErrors.OPEN,
          "%s has format %d.%d, this version reads %d.x: use the version that wrote it or a newer one"
              .formatted(file, in.major(), in.minor(), CheckpointFormat.MAJOR));
    }
    return in;
  }

  private Origin begin() throws IOException {
    if (in.next() != CheckpointFormat.BEGIN) {
      throw in.bad("it does not begin with a begin");
    }
    long wallMillis = in.zigzag();
    int n = in.count("the number of partitions");
    List<Position> after = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      after.add(new Position(i, in.uvarint(), in.uvarint()));
    }
    Origin origin = new Origin(wallMillis, after, in.upTo(Integer.MAX_VALUE, "the next panel"));
    handler.begin(origin);
    return origin;
  }

  private void rest() throws IOException {
    while (true) {
      int kind = in.next();
      switch (kind) {
        case CheckpointFormat.PANELS -> readPanels();
        case CheckpointFormat.SERIES -> readSeries();
        case CheckpointFormat.EXEMPLARS -> readExemplars();
        case CheckpointFormat.END -> {
          end();
          return;
        }
        default -> throw in.bad("a record of the unknown kind %d".formatted(kind));
      }
    }
  }

  private void end() throws IOException {
    if (in.uvarint() != panels || in.uvarint() != series) {
      throw in.bad(
          "it has %d panels and %d series, not as many as it says".formatted(panels, series));
    }
    if (!in.isAtEnd()) {
      throw in.bad("something stands after its end");
    }
  }

  private void readPanels() throws IOException {
    while (in.hasMore()) {
      handler.panel(
          new PanelImage(
              in.upTo(Integer.MAX_VALUE - 1, "a panel"),
              in.upTo(Panel.MAX_SLOTS, "the number of slots"),
              in.upTo(255, "the number of rows"),
              in.zigzag(),
              in.zigzag(),
              in.zigzag(),
              in.zigzag(),
              times(),
              times(),
              places(),
              parts(),
              rows()));
      panels++;
    }
  }

  private long[] times() throws IOException {
    int n = in.upTo(Panel.MAX_SLOTS, "the number of times");
    long[] times = {};
    for (int i = 0; i < n; i++) {
      int before = times.length;
      int slot = before + in.upTo(Panel.MAX_SLOTS - 1 - before, "a slot");
      times = Arrays.copyOf(times, slot + 1);
      Arrays.fill(times, before, slot, Long.MIN_VALUE);
      times[slot] = in.zigzag();
    }
    return times;
  }

  private long[] places() throws IOException {
    long[] places = new long[in.count("the number of places")];
    long before = 0;
    for (int i = 0; i < places.length; i++) {
      before += in.uvarint();
      places[i] = before;
    }
    return places;
  }

  private List<PanelImage.Part> parts() throws IOException {
    int n = in.count("the number of sealed rows");
    List<PanelImage.Part> parts = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      parts.add(new PanelImage.Part(in.zigzag(), in.zigzag(), in.zigzag(), in.bytes()));
    }
    return parts;
  }

  private List<PanelImage.Row> rows() throws IOException {
    int n = in.upTo(255, "the number of open rows");
    List<PanelImage.Row> rows = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      rows.add(new PanelImage.Row(in.zigzag(), in.bytes()));
    }
    return rows;
  }

  private void readSeries() throws IOException {
    List<HeadImage.SeriesImage> some = new ArrayList<>();
    while (in.hasMore()) {
      Labels labels = in.labels();
      int panel = in.upTo(Integer.MAX_VALUE, "a panel") - 1;
      int slot = panel < 0 ? 0 : in.upTo(Panel.MAX_SLOTS - 1, "a slot");
      some.add(new HeadImage.SeriesImage(labels, panel, slot, deletions(), loose()));
    }
    series += some.size();
    handler.series(some);
  }

  private Deletions deletions() throws IOException {
    int n = in.count("the number of deletions");
    Deletions deletions = Deletions.NONE;
    for (int i = 0; i < n; i++) {
      long from = in.zigzag();
      long to = in.zigzag();
      if (from > to) {
        throw in.bad("a deletion from %d to %d".formatted(from, to));
      }
      deletions = deletions.plus(from, to);
    }
    return deletions;
  }

  private LooseSamples.@Nullable Saved loose() throws IOException {
    LooseSamples.Saved saved = new LooseSamples.Saved(chunks(), chunks(), chunks());
    return saved.inOrder().isEmpty() && saved.late().isEmpty() && saved.lateOpen().isEmpty()
        ? null
        : saved;
  }

  private List<Chunk> chunks() throws IOException {
    int n = in.count("the number of chunks");
    List<Chunk> chunks = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      chunks.add(chunk());
    }
    return chunks;
  }

  private Chunk chunk() throws IOException {
    int encoding = in.u8();
    if (!ChunkReader.knows(encoding)) {
      throw in.bad("a chunk of the unknown encoding %d".formatted(encoding));
    }
    long minTime = in.zigzag();
    long maxTime = minTime + in.uvarint();
    int count = in.upTo(0xffff, "the number of samples");
    byte[] bytes = in.bytes();
    if (count == 0 || maxTime < minTime) {
      throw in.bad("a chunk of %d samples from %d to %d".formatted(count, minTime, maxTime));
    }
    return new Chunk(encoding, minTime, maxTime, count, bytes);
  }

  private void readExemplars() throws IOException {
    while (in.hasMore()) {
      Labels of = in.labels();
      Labels labels = in.labels();
      double value = Double.longBitsToDouble(in.fixed(8));
      handler.exemplar(of, new Exemplar(labels, value, in.zigzag()));
    }
  }
}
