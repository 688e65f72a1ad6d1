package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogReader;
import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReaderState;
import io.narthex.storage.internal.log.DamagedFiles.Damage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A log in a folder: this epoch is written by Chronicle, all epochs are read by {@link
 * PartitionReader}.
 */
final class ChronicleLog implements MeasuredLog {
  private final LogFolder folder;
  private final long epoch;
  private final List<PartitionWriter> writers = new ArrayList<>();

  /** Where the older epochs end, once somebody asked. */
  private final Map<Integer, Position> ends = new ConcurrentHashMap<>();

  private final LogLock lock;
  private final NamedReaders readers;
  private final LogTrimming trimming;
  private final MoreSignal signal = new MoreSignal();
  private final Set<LogReader> openReaders = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Runnable whenClosed;
  private volatile double readProgress;

  /** Opens the log in a folder and begins the epoch after the newest there. */
  ChronicleLog(
      Path path,
      int partitions,
      LongSupplier wallMillis,
      ReaderEvents events,
      Runnable whenClosed) {
    this.folder = new LogFolder(path);
    this.whenClosed = whenClosed;
    this.lock = LogLock.take(path);
    try {
      List<Long> epochs = folder.epochs();
      epoch = epochs.isEmpty() ? 1 : epochs.getLast() + 1;
      readers = new NamedReaders(path, partitions, events);
      trimming = new LogTrimming(folder, epoch, readers, of -> writers.get(of).currentFile());
      for (int i = 0; i < partitions; i++) {
        dropEmpty(epochs, i);
        Path to = folder.partition(epoch, i);
        Files.createDirectories(to);
        writers.add(new PartitionWriter(to, epoch, i, wallMillis, new Preallocation()));
      }
    } catch (IOException | RuntimeException | InternalError e) {
      writers.forEach(PartitionWriter::close);
      lock.close();
      throw e instanceof NarthexException known
          ? known
          : new NarthexException(
              LogErrors.OPEN,
              "the log in %s cannot be opened: %s".formatted(path, LogLock.reason(e)),
              e);
    }
  }

  /** A start that wrote nothing needs no folder. */
  private void dropEmpty(List<Long> epochs, int partition) throws IOException {
    for (long older : epochs) {
      List<Path> files = folder.files(older, partition);
      if (files.size() == 1 && PartitionReader.isEmpty(files.getFirst())) {
        folder.delete(older, partition);
      }
    }
  }

  private Position lastBefore(int partition) {
    try {
      for (long older : folder.epochs().reversed()) {
        PartitionReader reader = new PartitionReader(folder, older, partition, new ArrayList<>());
        long last = older < epoch ? reader.read(Long.MAX_VALUE, (position, document) -> {}) : 0;
        if (last > 0) {
          return new Position(partition, older, last);
        }
      }
      return Position.start(partition);
    } catch (IOException e) {
      throw new NarthexException(
          LogErrors.OPEN, "%s cannot be read: %s".formatted(folder.path(), e), e);
    }
  }

  @Override
  public int partitions() {
    return writers.size();
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public CompletionStage<Position> append(int partition, MemorySegment document) {
    if (document.byteSize() == 0 || document.byteSize() > MAX_DOCUMENT_BYTES) {
      return CompletableFuture.failedFuture(
          new NarthexException(
              LogErrors.DOCUMENT_SIZE,
              "a document has 1 to %d bytes, got %d"
                  .formatted(MAX_DOCUMENT_BYTES, document.byteSize())));
    }
    try {
      Position position = writers.get(partition).append(document);
      signal.more();
      return CompletableFuture.completedFuture(position);
    } catch (NarthexException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Position end(int partition) {
    long last = writers.get(partition).last();
    return last == 0
        ? ends.computeIfAbsent(partition, this::lastBefore)
        : new Position(partition, epoch, last);
  }

  @Override
  public List<String> read(int partition, Position after, DocumentReader reader) {
    List<String> problems = new ArrayList<>();
    long written = writers.get(partition).last();
    try {
      List<Long> epochs =
          folder.epochs().stream().filter(e -> e >= after.epoch() && e <= epoch).toList();
      for (int i = 0; i < epochs.size(); i++) {
        long of = epochs.get(i);
        PartitionReader epochReader = new PartitionReader(folder, of, partition, problems);
        int before = i;
        epochReader.onProgress(share -> readProgress = (before + share) / epochs.size());
        if (of == epoch) {
          // Somebody may be appending.
          epochReader.upTo(written);
        }
        epochReader.read(of == after.epoch() ? after.index() : 0, reader);
        if (of < epoch && epochReader.damage().isPresent()) {
          setAside(epochReader.damage().get(), of, partition, problems);
        }
      }
    } catch (IOException e) {
      problems.add("%s cannot be read: %s".formatted(folder.path(), e));
    }
    return problems;
  }

  /** So that it is told once, and not at each start. */
  private synchronized void setAside(Damage damage, long of, int partition, List<String> problems) {
    try {
      DamagedFiles.setAside(damage, folder.partition(of, partition), folder.files(of, partition));
    } catch (IOException e) {
      problems.add("%s: what is damaged cannot be set aside: %s".formatted(damage.file(), e));
    }
  }

  @Override
  public double readProgress() {
    return readProgress;
  }

  @Override
  public void sync() {
    writers.forEach(PartitionWriter::sync);
  }

  @Override
  public void trim(Position upTo) {
    try {
      trimming.release(upTo);
    } catch (IOException e) {
      throw notDeleted(e);
    }
  }

  /** Deletes what a reader held that has moved or gone. */
  void trimAgain() {
    try {
      trimming.again();
    } catch (IOException e) {
      throw notDeleted(e);
    }
  }

  private NarthexException notDeleted(IOException e) {
    return new NarthexException(
        LogErrors.WRITE, "files of %s cannot be deleted: %s".formatted(folder.path(), e), e);
  }

  @Override
  public LogReader reader(String name, long budgetBytes, LogReader.Start start) {
    checkOpen();
    ReaderPlace place =
        readers.open(
            name,
            budgetBytes,
            partition ->
                start == LogReader.Start.NEWEST ? end(partition) : Position.start(partition));
    LogReader reader = new ChronicleReader(this, readers, place, signal, openReaders::remove);
    openReaders.add(reader);
    if (closed.get()) {
      reader.close();
    }
    return reader;
  }

  @Override
  public List<ReaderState> readers() {
    return readers.states();
  }

  @Override
  public void removeReader(String name) {
    checkOpen();
    if (readers.remove(name)) {
      trimAgain();
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new NarthexException(
          LogErrors.CLOSED, "the log in %s is closed".formatted(folder.path()));
    }
  }

  LogFolder folder() {
    return folder;
  }

  /** The last document of this epoch. */
  long written(int partition) {
    return writers.get(partition).last();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      openReaders.forEach(LogReader::close);
      try {
        writers.forEach(PartitionWriter::close);
      } finally {
        lock.close();
        whenClosed.run();
      }
    }
  }
}
