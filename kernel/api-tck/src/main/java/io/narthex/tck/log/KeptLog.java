package io.narthex.tck.log;

import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReaderState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a log on the heap holds over starts. Guarded by its monitor. */
final class KeptLog {
  final List<NavigableMap<Position, byte[]>> partitions = new ArrayList<>();
  final Map<String, Reader> readers = new TreeMap<>();
  private final List<Position> released = new ArrayList<>();
  private long epoch;

  /** A named reader. */
  static final class Reader {
    final String name;
    final List<Position> committed;
    final List<Position> lost;
    long budgetBytes;
    long heldBytes;
    long cuts;
    boolean open;

    Reader(String name, List<Position> committed) {
      this.name = name;
      this.committed = new ArrayList<>(committed);
      this.lost = new ArrayList<>();
      committed.forEach(each -> lost.add(Position.start(each.partition())));
    }

    Position passed(int partition) {
      Position gone = lost.get(partition);
      Position done = committed.get(partition);
      return gone.compareTo(done) > 0 ? gone : done;
    }

    ReaderState state() {
      boolean hasLost =
          lost.stream().anyMatch(each -> !each.equals(Position.start(each.partition())));
      return new ReaderState(
          name,
          open,
          committed,
          budgetBytes,
          heldBytes,
          cuts,
          hasLost
              ? "the reader \"%s\" was behind by more than the %d bytes that are kept for it, and lost documents"
                  .formatted(name, budgetBytes)
              : "");
    }
  }

  KeptLog(int count) {
    for (int i = 0; i < count; i++) {
      partitions.add(new TreeMap<>());
      released.add(Position.start(i));
    }
  }

  synchronized long begin() {
    readers.values().forEach(reader -> reader.open = false);
    return ++epoch;
  }

  /** Lets go what lies up to a position and nobody holds. */
  synchronized void release(Position upTo) {
    if (upTo.compareTo(released.get(upTo.partition())) > 0) {
      released.set(upTo.partition(), upTo);
    }
    trim();
  }

  /** Lets go what was released and nobody holds any more. */
  synchronized void trim() {
    readers.values().forEach(this::cut);
    for (Position each : released) {
      Position upTo = each;
      for (Reader reader : readers.values()) {
        Position passed = reader.passed(each.partition());
        upTo = passed.compareTo(upTo) < 0 ? passed : upTo;
      }
      partitions.get(each.partition()).headMap(upTo, true).clear();
    }
  }

  private void cut(Reader reader) {
    reader.heldBytes = 0;
    for (Position each : released) {
      heldBy(reader, each).values().forEach(bytes -> reader.heldBytes += bytes.length);
    }
    boolean isCut = false;
    for (Position each : released) {
      for (Map.Entry<Position, byte[]> document : List.copyOf(heldBy(reader, each).entrySet())) {
        if (reader.heldBytes <= reader.budgetBytes) {
          break;
        }
        reader.heldBytes -= document.getValue().length;
        reader.lost.set(each.partition(), document.getKey());
        isCut = true;
      }
    }
    reader.cuts += isCut ? 1 : 0;
  }

  private NavigableMap<Position, byte[]> heldBy(Reader reader, Position upTo) {
    Position passed = reader.passed(upTo.partition());
    return passed.compareTo(upTo) >= 0
        ? new TreeMap<>()
        : partitions.get(upTo.partition()).subMap(passed, false, upTo, true);
  }
}
