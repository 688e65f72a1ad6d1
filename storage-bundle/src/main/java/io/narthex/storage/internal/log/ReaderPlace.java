package io.narthex.storage.internal.log;

import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReaderState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Where a named reader stands and what is kept for it. Guarded by the {@link NamedReaders}. */
final class ReaderPlace {
  private final String name;
  private final long[] held;
  private final String problem;
  private List<Position> committed;
  private List<Position> lost;
  private long budgetBytes;
  private long cuts;
  private boolean open;

  /**
   * A reader that is not open.
   *
   * @param problem what was wrong with its file, or {@code ""}
   */
  ReaderPlace(
      String name,
      long budgetBytes,
      List<Position> committed,
      List<Position> lost,
      String problem) {
    this.name = name;
    this.budgetBytes = budgetBytes;
    this.committed = List.copyOf(committed);
    this.lost = List.copyOf(lost);
    this.problem = problem;
    this.held = new long[committed.size()];
  }

  String name() {
    return name;
  }

  String problem() {
    return problem;
  }

  boolean isOpen() {
    return open;
  }

  void open(long budget) {
    open = true;
    budgetBytes = budget;
  }

  void close() {
    open = false;
  }

  Position committed(int partition) {
    return committed.get(partition);
  }

  /** The last document that it lost; the start if it has lost none that it should have got. */
  Position lost(int partition) {
    return lost.get(partition);
  }

  /** It needs what comes after this. */
  Position passed(int partition) {
    Position done = committed.get(partition);
    Position gone = lost.get(partition);
    return gone.compareTo(done) > 0 ? gone : done;
  }

  long budgetBytes() {
    return budgetBytes;
  }

  long heldBytes() {
    return LongStream.of(held).sum();
  }

  /** How much is held in other partitions than this. */
  long heldElsewhere(int partition) {
    return heldBytes() - held[partition];
  }

  void hold(int partition, long bytes) {
    held[partition] = bytes;
  }

  void countCut() {
    cuts++;
  }

  ReaderFile withBudget(long budget) {
    return new ReaderFile(budget, committed, lost);
  }

  ReaderFile moved(List<Position> positions) {
    List<Position> to = new ArrayList<>(committed);
    List<Position> gone = new ArrayList<>(lost);
    for (Position each : positions) {
      if (each.compareTo(to.get(each.partition())) > 0) {
        to.set(each.partition(), each);
      }
      if (each.compareTo(gone.get(each.partition())) > 0) {
        gone.set(each.partition(), Position.start(each.partition()));
      }
    }
    return new ReaderFile(budgetBytes, to, gone);
  }

  ReaderFile cut(Position upTo) {
    List<Position> gone = new ArrayList<>(lost);
    gone.set(upTo.partition(), upTo);
    return new ReaderFile(budgetBytes, committed, gone);
  }

  void become(ReaderFile kept) {
    committed = List.copyOf(kept.committed());
    lost = List.copyOf(kept.lost());
  }

  ReaderState state() {
    return new ReaderState(name, open, committed, budgetBytes, heldBytes(), cuts, message());
  }

  private String message() {
    boolean hasLost =
        lost.stream().anyMatch(each -> !each.equals(Position.start(each.partition())));
    return hasLost
        ? "the reader \"%s\" was behind by more than the %d bytes that are kept for it, and lost documents"
            .formatted(name, budgetBytes)
        : problem;
  }
}
