package io.narthex.storage.internal.log;

import io.narthex.spi.log.Position;
import io.narthex.storage.internal.failpoint.FailPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the files of a log: a file goes when its owner needs nothing in it and every named reader
 * has passed it or has used up its budget. A budget is for what the owner does not need any more;
 * of what is more than it the oldest goes first. Guarded by the monitor of the readers.
 */
final class LogTrimming {
  private final LogFolder folder;
  private final long epoch;
  private final NamedReaders readers;
  private final IntFunction<@Nullable Path> currentFiles;

  /** Up to where the owner has released each partition. */
  private final Map<Integer, Position> released = new HashMap<>();

  /** Where older epochs end: that does not change. */
  private final Map<Position, Position> ends = new HashMap<>();

  /** A file that the owner needs no more, and the last document in it. */
  private record Released(Path file, Position last, long bytes) {}

  LogTrimming(
      LogFolder folder,
      long epoch,
      NamedReaders readers,
      IntFunction<@Nullable Path> currentFiles) {
    this.folder = folder;
    this.epoch = epoch;
    this.readers = readers;
    this.currentFiles = currentFiles;
  }

  /** The owner needs nothing up to a position. */
  void release(Position upTo) throws IOException {
    synchronized (readers) {
      released.merge(upTo.partition(), upTo, (a, b) -> a.compareTo(b) > 0 ? a : b);
      trim(upTo.partition());
    }
  }

  /** A reader has moved or gone. */
  void again() throws IOException {
    synchronized (readers) {
      for (int partition : List.copyOf(released.keySet())) {
        trim(partition);
      }
    }
  }

  private void trim(int partition) throws IOException {
    Position upTo = released.get(partition);
    if (upTo == null) {
      return;
    }
    List<Released> files = released(upTo);
    for (ReaderPlace reader : readers.all()) {
      hold(reader, partition, files);
    }
    for (Released each : files) {
      if (readers.all().stream().anyMatch(reader -> needs(reader, each))) {
        break;
      }
      SeekHints.delete(each.file());
      Files.deleteIfExists(each.file());
      FailPoint.MID_TRIM.reach();
    }
    for (long older : folder.epochs()) {
      if (older < upTo.epoch() && older < epoch && folder.files(older, partition).isEmpty()) {
        folder.delete(older, partition);
      }
    }
  }

  /** Cuts a reader loose that holds more than it may; counts what it holds. */
  private void hold(ReaderPlace reader, int partition, List<Released> files) throws IOException {
    long held = 0;
    for (Released each : files) {
      held += needs(reader, each) ? each.bytes() : 0;
    }
    long allowed = reader.budgetBytes() - reader.heldElsewhere(partition);
    Position lost = null;
    for (Released each : files) {
      if (held <= allowed) {
        break;
      }
      if (needs(reader, each)) {
        held -= each.bytes();
        lost = each.last();
      }
    }
    if (lost != null) {
      readers.cutLoose(reader, lost);
    }
    readers.held(reader, partition, held);
  }

  private static boolean needs(ReaderPlace reader, Released file) {
    return reader.passed(file.last().partition()).compareTo(file.last()) < 0;
  }

  /** The files in which there is nothing after a position, oldest first. */
  private List<Released> released(Position upTo) throws IOException {
    List<Released> found = new ArrayList<>();
    int partition = upTo.partition();
    for (long of : folder.epochs()) {
      if (of > upTo.epoch()) {
        break;
      }
      boolean isOver = of < upTo.epoch() && of < epoch;
      List<Path> files = folder.files(of, partition);
      for (int i = 0; i < files.size(); i++) {
        Position last =
            i + 1 < files.size()
                ? new Position(
                    partition, of, PartitionReader.before(files.get(i + 1), of, partition))
                : isOver ? endOf(of, partition) : new Position(partition, of, -1);
        if (isOver && last.index() < 0) {
          last = endOf(of, partition);
        }
        if (last.index() < 0
            || last.compareTo(upTo) > 0
            || files.get(i).equals(currentFiles.apply(partition)) && of == epoch) {
          return found;
        }
        found.add(new Released(files.get(i), last, Files.size(files.get(i))));
      }
    }
    return found;
  }

  private Position endOf(long of, int partition) throws IOException {
    Position start = new Position(partition, of, 0);
    Position known = ends.get(start);
    if (known == null) {
      long last =
          new PartitionReader(folder, of, partition, new ArrayList<>())
              .read(Long.MAX_VALUE, (position, document) -> {});
      known = new Position(partition, of, last);
      ends.put(start, known);
    }
    return known;
  }
}
