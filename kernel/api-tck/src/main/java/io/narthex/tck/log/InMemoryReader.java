package io.narthex.tck.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog.DocumentReader;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogReader;
import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReadDocuments;
import io.narthex.spi.log.ReaderState;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A named reader of a log on the heap. */
final class InMemoryReader implements LogReader {
  private final InMemoryLog log;
  private final KeptLog kept;
  private final KeptLog.Reader place;
  private final List<Position> next;
  private boolean closed;

  InMemoryReader(InMemoryLog log, KeptLog kept, KeptLog.Reader place) {
    this.log = log;
    this.kept = kept;
    this.place = place;
    this.next = new ArrayList<>(place.committed);
  }

  @Override
  public String name() {
    return place.name;
  }

  @Override
  public ReadDocuments read(int partition, int most, DocumentReader to) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one document is read, got %d".formatted(most));
    }
    Optional<ReadDocuments.Lost> lost = Optional.empty();
    List<Map.Entry<Position, byte[]>> documents;
    synchronized (kept) {
      checkOpen();
      Position stood = next.get(partition);
      Position gone = place.lost.get(partition);
      if (gone.compareTo(stood) > 0) {
        lost = Optional.of(new ReadDocuments.Lost(stood, gone));
        next.set(partition, gone);
      }
      documents = log.after(next.get(partition), most);
    }
    for (Map.Entry<Position, byte[]> each : documents) {
      to.document(each.getKey(), MemorySegment.ofArray(each.getValue()));
      next.set(partition, each.getKey());
    }
    return new ReadDocuments(documents.size(), lost, List.of());
  }

  @Override
  public boolean awaitMore(Duration limit) throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    synchronized (kept) {
      while (true) {
        checkOpen();
        if (next.stream().anyMatch(each -> log.end(each.partition()).compareTo(each) > 0)) {
          return true;
        }
        long millis = (until - System.nanoTime() + 999_999) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        kept.wait(millis);
      }
    }
  }

  @Override
  public void commit(Position... positions) {
    synchronized (kept) {
      checkOpen();
      for (Position each : positions) {
        if (each.compareTo(next.get(each.partition())) > 0) {
          throw new IllegalArgumentException(
              "the reader \"%s\" has not read up to %s".formatted(place.name, each));
        }
      }
      for (Position each : positions) {
        if (each.compareTo(place.committed.get(each.partition())) > 0) {
          place.committed.set(each.partition(), each);
        }
        if (each.compareTo(place.lost.get(each.partition())) > 0) {
          place.lost.set(each.partition(), Position.start(each.partition()));
        }
      }
      kept.trim();
    }
  }

  @Override
  public ReaderState state() {
    synchronized (kept) {
      return place.state();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new NarthexException(
          LogErrors.CLOSED, "the reader \"%s\" is closed".formatted(place.name));
    }
  }

  @Override
  public void close() {
    synchronized (kept) {
      if (!closed) {
        closed = true;
        place.open = false;
        kept.notifyAll();
      }
    }
  }
}
