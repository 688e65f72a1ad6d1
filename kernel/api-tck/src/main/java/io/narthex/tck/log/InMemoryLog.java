package io.narthex.tck.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogReader;
import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReaderState;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A log on the heap that is open. */
final class InMemoryLog implements DurableLog {
  private final KeptLog kept;
  private final Delays delays;
  private final BooleanSupplier fails;
  private final Runnable whenClosed;
  private final long epoch;
  private final long[] indexes;
  private final List<InMemoryReader> readers = new ArrayList<>();
  private volatile boolean closed;

  InMemoryLog(KeptLog kept, Delays delays, BooleanSupplier fails, Runnable whenClosed) {
    this.kept = kept;
    this.delays = delays;
    this.fails = fails;
    this.whenClosed = whenClosed;
    this.epoch = kept.begin();
    this.indexes = new long[kept.partitions.size()];
  }

  @Override
  public int partitions() {
    return kept.partitions.size();
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public CompletionStage<Position> append(int partition, MemorySegment document) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new NarthexException(LogErrors.CLOSED, "the log is closed"));
    }
    if (document.byteSize() == 0 || document.byteSize() > MAX_DOCUMENT_BYTES) {
      return CompletableFuture.failedFuture(
          new NarthexException(
              LogErrors.DOCUMENT_SIZE,
              "a document has 1 to %d bytes, got %d"
                  .formatted(MAX_DOCUMENT_BYTES, document.byteSize())));
    }
    CompletableFuture<Position> result = new CompletableFuture<>();
    delays.run(partition, () -> write(partition, document, result));
    return result;
  }

  /** The document is read here, when its time has come: nobody may have changed it before. */
  private void write(int partition, MemorySegment document, CompletableFuture<Position> result) {
    if (fails.getAsBoolean()) {
      result.completeExceptionally(
          new NarthexException(LogErrors.WRITE, "no space left on device"));
      return;
    }
    Position position;
    synchronized (kept) {
      position = new Position(partition, epoch, ++indexes[partition]);
      kept.partitions.get(partition).put(position, document.toArray(ValueLayout.JAVA_BYTE));
      kept.notifyAll();
    }
    result.complete(position);
  }

  @Override
  public Position end(int partition) {
    synchronized (kept) {
      NavigableMap<Position, byte[]> documents = kept.partitions.get(partition);
      return documents.isEmpty() ? Position.start(partition) : documents.lastKey();
    }
  }

  /** Documents after a position, oldest first. */
  List<Map.Entry<Position, byte[]>> after(Position position, long most) {
    synchronized (kept) {
      return kept.partitions.get(position.partition()).tailMap(position, false).entrySet().stream()
          .limit(most)
          .toList();
    }
  }

  @Override
  public List<String> read(int partition, Position after, DocumentReader reader) {
    for (Map.Entry<Position, byte[]> each : after(after, Long.MAX_VALUE)) {
      reader.document(each.getKey(), MemorySegment.ofArray(each.getValue()));
    }
    return List.of();
  }

  @Override
  public void sync() {
    delays.awaitAll();
  }

  @Override
  public void trim(Position upTo) {
    kept.release(upTo);
  }

  @Override
  public LogReader reader(String name, long budgetBytes, LogReader.Start start) {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new NarthexException(LogErrors.OPEN, "no name of a reader: \"%s\"".formatted(name));
    }
    synchronized (kept) {
      KeptLog.Reader known = kept.readers.get(name);
      if (known != null && known.open) {
        throw new NarthexException(
            LogErrors.OPEN, "the reader \"%s\" is open already".formatted(name));
      }
      if (known == null && kept.readers.size() == MAX_READERS) {
        throw new NarthexException(
            LogErrors.OPEN, "the log has %d readers and takes no more".formatted(MAX_READERS));
      }
      if (known == null) {
        List<Position> from =
            IntStream.range(0, partitions())
                .mapToObj(i -> start == LogReader.Start.NEWEST ? end(i) : Position.start(i))
                .toList();
        known = new KeptLog.Reader(name, from);
        kept.readers.put(name, known);
      }
      known.open = true;
      known.budgetBytes = budgetBytes;
      InMemoryReader reader = new InMemoryReader(this, kept, known);
      readers.add(reader);
      return reader;
    }
  }

  @Override
  public List<ReaderState> readers() {
    synchronized (kept) {
      return kept.readers.values().stream().map(KeptLog.Reader::state).toList();
    }
  }

  @Override
  public void removeReader(String name) {
    synchronized (kept) {
      KeptLog.Reader known = kept.readers.get(name);
      if (known != null && known.open) {
        throw new NarthexException(LogErrors.OPEN, "the reader \"%s\" is open".formatted(name));
      }
      kept.readers.remove(name);
      kept.trim();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    delays.close();
    synchronized (kept) {
      readers.forEach(InMemoryReader::close);
    }
    whenClosed.run();
  }
}
