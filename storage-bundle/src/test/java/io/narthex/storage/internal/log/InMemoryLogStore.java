package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import io.narthex.spi.log.Position;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs on the heap; a store made from the kept documents of another stands for the next start. Can
 * be told to fail.
 */
public final class InMemoryLogStore implements LogStore {
  private final Map<String, Kept> kept;
  private final Set<String> open = new HashSet<>();

  /** How many of the next appends fail. */
  public int failures;

  /** How many appends are let through before {@link #failures} begins. */
  public int successesBefore;

  /** What a log holds, partition by partition. */
  private static final class Kept {
    long epoch;
    final List<TreeMap<Position, byte[]>> partitions = List.of(new TreeMap<>(), new TreeMap<>());
  }

  /** An empty store. */
  public InMemoryLogStore() {
    kept = new ConcurrentHashMap<>();
  }

  private InMemoryLogStore(Map<String, Kept> kept) {
    this.kept = kept;
  }

  /** The store of the next start. */
  public InMemoryLogStore next() {
    return new InMemoryLogStore(kept);
  }

  @Override
  public synchronized DurableLog open(String name) {
    if (!name.matches("[a-z0-9-]+") || !open.add(name)) {
      throw new NarthexException(LogErrors.OPEN, "bad name, or open: " + name);
    }
    Kept log = kept.computeIfAbsent(name, n -> new Kept());
    log.epoch++;
    return new Log(name, log, log.epoch);
  }

  private final class Log implements DurableLog {
    private final String name;
    private final Kept log;
    private final long epoch;
    private long index;
    private boolean closed;

    Log(String name, Kept log, long epoch) {
      this.name = name;
      this.log = log;
      this.epoch = epoch;
    }

    @Override
    public int partitions() {
      return log.partitions.size();
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public synchronized CompletionStage<Position> append(int partition, MemorySegment document) {
      if (closed) {
        return CompletableFuture.failedFuture(new NarthexException(LogErrors.CLOSED, "closed"));
      }
      if (document.byteSize() == 0 || document.byteSize() > MAX_DOCUMENT_BYTES) {
        return CompletableFuture.failedFuture(
            new NarthexException(LogErrors.DOCUMENT_SIZE, "size"));
      }
      if (successesBefore > 0) {
        successesBefore--;
      } else if (failures > 0) {
        failures--;
        return CompletableFuture.failedFuture(
            new NarthexException(LogErrors.WRITE, "no space left on device"));
      }
      Position position = new Position(partition, epoch, ++index);
      log.partitions.get(partition).put(position, document.toArray(ValueLayout.JAVA_BYTE));
      return CompletableFuture.completedFuture(position);
    }

    @Override
    public synchronized Position end(int partition) {
      TreeMap<Position, byte[]> documents = log.partitions.get(partition);
      return documents.isEmpty() ? Position.start(partition) : documents.lastKey();
    }

    @Override
    public synchronized List<String> read(int partition, Position after, DocumentReader reader) {
      new ArrayList<>(log.partitions.get(partition).tailMap(after, false).entrySet())
          .forEach(
              entry -> reader.document(entry.getKey(), MemorySegment.ofArray(entry.getValue())));
      return List.of();
    }

    @Override
    public void sync() {}

    @Override
    public synchronized void trim(Position upTo) {
      log.partitions.get(upTo.partition()).headMap(upTo, true).clear();
    }

    @Override
    public void close() {
      closed = true;
      synchronized (InMemoryLogStore.this) {
        open.remove(name);
      }
    }
  }
}
