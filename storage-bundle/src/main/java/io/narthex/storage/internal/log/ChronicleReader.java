package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog.DocumentReader;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogReader;
import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReadDocuments;
import io.narthex.spi.log.ReaderState;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A named reader of a {@link ChronicleLog} that somebody has open. */
final class ChronicleReader implements LogReader {
  private final ChronicleLog log;
  private final NamedReaders readers;
  private final ReaderPlace place;
  private final MoreSignal signal;
  private final Consumer<LogReader> whenClosed;

  /** Behind what was handed over, by partition; an index of 0 is before an epoch. */
  private final List<Position> next = new ArrayList<>();

  /** Where in the files that is, as far as it is known. */
  private final Map<Integer, PartitionReader.Place> places = new HashMap<>();

  /** What has been said to be lost, by partition. */
  private final List<Position> said = new ArrayList<>();

  private boolean problemSaid;
  private volatile boolean closed;

  ChronicleReader(
      ChronicleLog log,
      NamedReaders readers,
      ReaderPlace place,
      MoreSignal signal,
      Consumer<LogReader> whenClosed) {
    this.whenClosed = whenClosed;
    this.log = log;
    this.readers = readers;
    this.place = place;
    this.signal = signal;
    for (int i = 0; i < log.partitions(); i++) {
      next.add(place.committed(i));
      said.add(Position.start(i));
    }
  }

  @Override
  public String name() {
    return place.name();
  }

  @Override
  public ReadDocuments read(int partition, int most, DocumentReader to) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one document is read, got %d".formatted(most));
    }
    checkOpen();
    List<String> problems = new ArrayList<>();
    if (!problemSaid && !place.problem().isEmpty()) {
      problems.add(place.problem());
    }
    problemSaid = true;
    Optional<ReadDocuments.Lost> lost = lost(partition);
    int count = 0;
    try {
      count = readEpochs(partition, most, to, problems);
    } catch (IOException e) {
      problems.add("%s cannot be read: %s".formatted(log.folder().path(), e));
    }
    return new ReadDocuments(count, lost, problems);
  }

  private Optional<ReadDocuments.Lost> lost(int partition) {
    Position gone;
    synchronized (readers) {
      gone = place.lost(partition);
    }
    Position stood = next.get(partition);
    if (gone.compareTo(said.get(partition)) <= 0 || gone.compareTo(stood) <= 0) {
      return Optional.empty();
    }
    said.set(partition, gone);
    next.set(partition, gone);
    return Optional.of(new ReadDocuments.Lost(stood, gone));
  }

  private int readEpochs(int partition, int most, DocumentReader to, List<String> problems)
      throws IOException {
    int count = 0;
    long written = log.written(partition);
    for (long of : log.folder().epochs()) {
      Position from = next.get(partition);
      if (of < from.epoch() || of > log.epoch()) {
        continue;
      }
      long after = of == from.epoch() ? from.index() : 0;
      int room = most - count;
      Counted counted = new Counted(partition, to);
      PartitionReader reader =
          new PartitionReader(log.folder(), of, partition, problems)
              .upTo(of == log.epoch() ? Math.min(written, after + room) : after + room)
              .goingOn(places.get(partition));
      reader.read(after, counted);
      PartitionReader.Place reached = reader.place();
      if (reached != null) {
        places.put(partition, reached);
      }
      count += counted.count;
      if (count == most) {
        break;
      }
      if (of < log.epoch()) {
        // It is read to its end, or to where it is damaged: that is said once.
        next.set(partition, new Position(partition, of + 1, 0));
      }
    }
    return count;
  }

  /** Moves the reader on with each document. */
  private final class Counted implements DocumentReader {
    private final int partition;
    private final DocumentReader to;
    private int count;

    Counted(int partition, DocumentReader to) {
      this.partition = partition;
      this.to = to;
    }

    @Override
    public void document(Position position, MemorySegment document) {
      to.document(position, document);
      next.set(partition, position);
      count++;
    }
  }

  @Override
  public boolean awaitMore(Duration limit) throws InterruptedException {
    return signal.await(limit, this::hasMore);
  }

  private boolean hasMore() {
    checkOpen();
    for (Position each : next) {
      if (log.end(each.partition()).compareTo(each) > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void commit(Position... positions) {
    checkOpen();
    for (Position each : positions) {
      if (each.compareTo(next.get(each.partition())) > 0) {
        throw new IllegalArgumentException(
            "the reader \"%s\" has read up to %s, it cannot be done with %s"
                .formatted(name(), next.get(each.partition()), each));
      }
    }
    readers.commit(place, List.of(positions));
    log.trimAgain();
  }

  @Override
  public ReaderState state() {
    return readers.state(place);
  }

  private void checkOpen() {
    if (closed) {
      throw new NarthexException(
          LogErrors.CLOSED, "the reader \"%s\" is closed".formatted(place.name()));
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      readers.close(place);
      whenClosed.accept(this);
      signal.more();
    }
  }
}
